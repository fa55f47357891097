using System.Globalization;
using Microsoft.AspNetCore.Http.Features;

namespace Fiko.WebApi.Sandbox.Instagram;

/// <summary>What is told of a deed: JSON, or a form with the same names and files beside them.</summary>
internal static class CustomerUpload
{
    private const long Largest = 160L * 1024 * 1024;

    public static async Task<(CustomerBody Body, IReadOnlyList<MediaFile> Files)> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        // Plain curl says of JSON that it is a form, but never that it has parts.
        if (request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) is not true)
        {
            return (await SandboxJson.ReadAsync<CustomerBody>(request, ct), []);
        }

        // Files that are too large for Fiko must be possible here.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = Largest;
        }

        try
        {
            var form = await request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = Largest }, ct);
            var files = new List<MediaFile>();
            foreach (var file in form.Files)
            {
                using var content = new MemoryStream();
                await file.CopyToAsync(content, ct);
                files.Add(new(content.ToArray(), file.ContentType, file.FileName));
            }

            return (Body(name => form.TryGetValue(name, out var value) ? value.ToString() : null), files);
        }
        catch (InvalidDataException)
        {
            throw new SandboxRefusal(StatusCodes.Status400BadRequest, "The form can't be read, or is larger than 160 MB.");
        }
    }

    private static CustomerBody Body(Func<string, string?> field) => new()
    {
        FirstName = field("first_name"),
        LastName = field("last_name"),
        Username = field("username"),
        Text = field("text"),
        ReplyTo = field("reply_to"),
        Title = field("title"),
        Type = field("type"),
        Size = int.TryParse(field("size"), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : 0,
    };
}
