using System.Net.Mime;
using Fiko.Application.Attachments;
using Fiko.Domain.Shared;
using Fiko.Infrastructure.Auth;
using Fiko.WebApi.Contract;
using Fiko.WebApi.Hosting;
using MediatR;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Fiko.WebApi.Api;

/// <summary>Files over REST (rest.md, attachments).</summary>
internal static class AttachmentsApi
{
    // What surrounds the file in a multipart body.
    private const long Wrapping = 64 * 1024;

    public static void MapAttachments(this IEndpointRouteBuilder routes)
    {
        var files = routes.MapGroup("/attachments").WithTags("Attachments");
        files.MapPost("/", UploadAsync).RequireAuthorization().WithName("uploadAttachment").WithSummary("Upload a file to send");
        files.MapGet("/{id}/link", GetLinkAsync).RequireAuthorization().WithSummary("A fresh link to a file, for ten minutes");

        // Anonymous, because a link's signature stands for a token: an image element has none.
        files.MapGet("/{id}", DownloadAsync).AllowAnonymous().WithName("downloadAttachment").WithSummary("The bytes of a file");
        files.MapMethods("/{id}", [HttpMethods.Head], DownloadAsync).AllowAnonymous().WithName("headAttachment").WithSummary("What a download would say of itself");
    }

    [TakesFile("file")]
    [Refuses(429)]
    private static async Task<Created<AttachmentView>> UploadAsync(HttpContext http, IMediator mediator, IOptions<FilesOptions> options, CancellationToken ct)
    {
        var caller = http.Caller();
        var limit = options.Value.MaxUploadSize;
        if (http.Request.ContentLength > limit + Wrapping)
        {
            throw BoundedStream.TooLarge(limit);
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = limit + (2 * Wrapping);
        }

        var file = await UploadedFile.FindAsync(http.Request, ct) ?? throw new RuleBrokenException("invalid_field", "Invalid value for field 'file'", "file");
        var view = await mediator.Send(new UploadFile(caller, file.Name, file.Content), ct);
        return TypedResults.Created($"/api/v1/attachments/{view.Id}", view);
    }

    [Refuses(409, 410)]
    private static async Task<Ok<FileLink>> GetLinkAsync(string id, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(await mediator.Send(new GetFileLink(http.Caller(), id), ct));
    }

    // The parameter says that there is one; its value was taken out of the URL before anything could log it.
    [Streams("*/*", HasRanges = true)]
    [ProvenBy(SecuritySchemes.Bearer, SecuritySchemes.Signature)]
    [Refuses(401, 409, 410)]
    private static async Task<FileStreamHttpResult> DownloadAsync(string id, [FromQuery(Name = "signature")] string? signature, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        var proof = signature is null ? null : http.Features.Get<SignatureFeature>()?.Signature;
        var file = await mediator.Send(new OpenFile(http.ProvenCaller()?.Caller, id, proof), ct);
        http.Response.RegisterForDisposeAsync(file.Bytes);
        var headers = http.Response.GetTypedHeaders();

        // Asked anew each time, so that what was taken back is gone from caches at once; unchanged, it costs one answer of 304.
        headers.CacheControl = new CacheControlHeaderValue { Private = true, NoCache = true };
        headers.ContentDisposition = Disposition(file);

        // A customer's file runs no script here, whatever it pretends to be.
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        return TypedResults.Stream(
            file.Bytes,
            IsMarkup(file.MediaType) ? MediaTypeNames.Application.Octet : file.MediaType,
            entityTag: new EntityTagHeaderValue($"\"{file.Version}\""),
            enableRangeProcessing: true);
    }

    private static ContentDispositionHeaderValue Disposition(OpenedFile file)
    {
        var disposition = new ContentDispositionHeaderValue(IsShown(file.MediaType) ? "inline" : "attachment");
        disposition.SetHttpFileName(file.Name);
        return disposition;
    }

    private static bool IsShown(string mediaType) =>
        mediaType is MediaTypeNames.Application.Pdf
        || mediaType.StartsWith("audio/", StringComparison.Ordinal)
        || mediaType.StartsWith("video/", StringComparison.Ordinal)
        || (mediaType.StartsWith("image/", StringComparison.Ordinal) && !IsMarkup(mediaType));

    private static bool IsMarkup(string mediaType) => mediaType is "image/svg+xml" or "text/html" or "application/xml";
}
