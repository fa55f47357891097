namespace Fiko.WebApi.Sandbox.Instagram;

/// <summary>Gets what the business sends by address, with Meta's limits (developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/messaging-api).</summary>
internal sealed class MediaFetch(IHttpClientFactory clients)
{
    public const string Client = "sandbox-instagram-media";

    /// <summary>How long Meta waits for a file.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(75);

    private const int Megabyte = 1024 * 1024;

    private static readonly Dictionary<string, (int Limit, string[] Types)> Rules = new()
    {
        ["image"] = (8 * Megabyte, ["image/png", "image/jpeg"]),
        ["audio"] = (25 * Megabyte, ["audio/aac", "audio/m4a", "audio/x-m4a", "audio/mp4", "audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"]),
        ["video"] = (25 * Megabyte, ["video/mp4", "video/ogg", "video/x-msvideo", "video/avi", "video/quicktime", "video/webm"]),
        ["file"] = (25 * Megabyte, ["application/pdf"]),
    };

    public static bool Knows(string? kind) => kind is not null && Rules.ContainsKey(kind);

    public async Task<MediaFile> GetAsync(string kind, string? url, CancellationToken ct)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new GraphRefusal(GraphErrors.Parameter("Param message[attachment][payload][url] must be a valid URL"));
        }

        try
        {
            using var client = clients.CreateClient(Client);
            using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, ct);
            if (!answer.IsSuccessStatusCode)
            {
                throw new GraphRefusal(GraphErrors.MediaNotFetched());
            }

            var (limit, types) = Rules[kind];
            var type = answer.Content.Headers.ContentType?.MediaType ?? "";
            if (!types.Contains(type, StringComparer.OrdinalIgnoreCase))
            {
                throw new GraphRefusal(GraphErrors.MediaOfWrongType());
            }

            return new MediaFile(await ReadAsync(answer.Content, limit, ct), type, NameOf(answer, kind));
        }
        catch (HttpRequestException)
        {
            throw new GraphRefusal(GraphErrors.MediaNotFetched());
        }
        catch (IOException)
        {
            throw new GraphRefusal(GraphErrors.MediaNotFetched());
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new GraphRefusal(GraphErrors.MediaNotFetched());
        }
    }

    // The announced length may be missing or wrong: what counts is what comes.
    private static async Task<byte[]> ReadAsync(HttpContent content, int limit, CancellationToken ct)
    {
        await using var from = await content.ReadAsStreamAsync(ct);
        using var all = new MemoryStream();
        var part = new byte[81920];
        while (await from.ReadAsync(part, ct) is > 0 and var read)
        {
            all.Write(part, 0, read);
            if (all.Length > limit)
            {
                throw new GraphRefusal(GraphErrors.MediaTooLarge());
            }
        }

        return all.ToArray();
    }

    private static string NameOf(HttpResponseMessage answer, string kind) =>
        answer.Content.Headers.ContentDisposition is { } told && (told.FileNameStar ?? told.FileName?.Trim('"')) is { Length: > 0 } name ? name : kind;
}
