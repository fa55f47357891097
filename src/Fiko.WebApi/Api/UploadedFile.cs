using Fiko.Domain.Shared;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Fiko.WebApi.Api;

/// <summary>The part <c>file</c> of a multipart body, as it comes in: nothing of it is kept here.</summary>
internal sealed record UploadedFile(string? Name, Stream Content)
{
    private const int MostParts = 8;

    /// <summary>Null where there is none.</summary>
    public static async Task<UploadedFile?> FindAsync(HttpRequest request, CancellationToken ct)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and <= 70 } boundary)
        {
            throw new RuleBrokenException("unsupported_media_type", "Send the file as multipart/form-data");
        }

        var reader = new MultipartReader(boundary.Value!, request.Body);
        try
        {
            for (var parts = 0; parts < MostParts && await reader.ReadNextSectionAsync(ct) is { } part; parts++)
            {
                if (part.GetContentDispositionHeader() is { } disposition && HeaderUtilities.RemoveQuotes(disposition.Name).Equals("file", StringComparison.Ordinal))
                {
                    return new UploadedFile(NameOf(disposition), part.Body);
                }
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new RuleBrokenException("bad_request", "The multipart body is broken");
        }

        return null;
    }

    private static string? NameOf(ContentDispositionHeaderValue disposition) =>
        disposition.FileNameStar.HasValue ? disposition.FileNameStar.Value : HeaderUtilities.RemoveQuotes(disposition.FileName).Value;
}
