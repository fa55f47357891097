using System.Net.Mime;
using Fiko.Application.Attachments;
using Fiko.Domain.Shared;
using Fiko.Infrastructure.Auth;
using Fiko.WebApi.Hosting;
using MediatR;
using Microsoft.AspNetCore.Http.Features;
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
        files.MapPost("/", UploadAsync).RequireAuthorization();
        files.MapGet("/{id}/link", GetLinkAsync).RequireAuthorization();

        // Anonymous, because a link's signature stands for a token: an image element has none.
        files.MapMethods("/{id}", [HttpMethods.Get, HttpMethods.Head], DownloadAsync).AllowAnonymous();
    }

    private static async Task<IResult> UploadAsync(HttpContext http, IMediator mediator, IOptions<FilesOptions> options, CancellationToken ct)
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
        return Results.Json(view, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> GetLinkAsync(string id, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Ok(await mediator.Send(new GetFileLink(http.Caller(), id), ct));
    }

    // The parameter says that there is one; its value was taken out of the URL before anything could log it.
    private static async Task<IResult> DownloadAsync(string id, [FromQuery(Name = "signature")] string? signature, HttpContext http, IMediator mediator, CancellationToken ct)
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
        return Results.Stream(
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
