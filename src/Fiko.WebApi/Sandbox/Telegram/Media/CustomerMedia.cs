namespace Fiko.WebApi.Sandbox.Telegram.Media;

/// <summary>What a customer sends besides texts.</summary>
internal static class CustomerMedia
{
    private const int LargestAlbum = 10;

    public static void MapCustomerMedia(this RouteGroupBuilder customer)
    {
        foreach (var kind in MediaKind.All.Values)
        {
            Map(customer, kind.Name, async (bot, person, request, ct) => [await OfFileAsync(bot, kind, request, ct)]);
        }

        foreach (var kind in OtherContent.Kinds)
        {
            Map(customer, kind, (_, person, request, _) => Task.FromResult<SandboxContent[]>([OtherContent.Of(kind, request.Body, person)]));
        }

        Map(customer, "start", (_, _, request, _) => Task.FromResult<SandboxContent[]>([OtherContent.Start(request.Body.Payload)]));
        Map(customer, "album", (bot, _, request, ct) => AlbumAsync(bot, request, ct));
    }

    private static void Map(RouteGroupBuilder customer, string kind, Func<SandboxBot, SandboxPerson, MediaRequest, CancellationToken, Task<SandboxContent[]>> read)
    {
        foreach (var path in new[] { $"/{kind}", $"/messages/{kind}" })
        {
            customer.MapPost(path, async (HttpRequest request, TelegramSandbox sandbox, TimeProvider time, string customer, string? bot, CancellationToken ct) =>
            {
                var id = CustomerEndpoints.IdOf(customer);
                var posted = await MediaRequest.ReadAsync(request, ct);
                var to = sandbox.Choose(bot);
                var sender = to.Person(id).Named(posted.Body);
                var contents = await read(to, sender, posted, ct);
                return CustomerEndpoints.Accepted(to.Open(id).Say(
                    sender, posted.Body.Forward ? [.. contents.Select(c => c.Forwarded(time.GetUtcNow()))] : contents, posted.Body.ReplyTo));
            }).WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(BotApi.LargestRequest));
        }
    }

    private static async Task<SandboxContent> OfFileAsync(SandboxBot bot, MediaKind kind, MediaRequest request, CancellationToken ct)
    {
        var body = request.Body;
        var form = kind.Name == "sticker" ? MediaKind.StickerOf(body.Format) : kind;
        var caption = kind.HasCaption ? CustomerEndpoints.CaptionOf(body.Caption) : null;
        var file = request.Files is [var posted, ..]
            ? bot.Files.Keep(form, await MediaRequest.BytesAsync(posted, ct), body.FileName ?? posted.FileName, body.MimeType ?? posted.ContentType, body.FileSize)
            : Sample(bot, form, body);
        return MediaContent.Of(bot.Files, file, caption, body.Emoji);
    }

    // Telegram calls a customer's film and document by name, and neither a photo nor a voice.
    private static SandboxFile Sample(SandboxBot bot, MediaKind kind, MediaBody body) => bot.Files.Keep(
        kind,
        kind.Sample,
        body.FileName ?? (kind.Name is "document" or "audio" or "video" or "animation" ? $"{kind.Name}{kind.Extension}" : null),
        body.MimeType ?? kind.MediaType,
        body.FileSize);

    private static async Task<SandboxContent[]> AlbumAsync(SandboxBot bot, MediaRequest request, CancellationToken ct)
    {
        var body = request.Body;
        var count = request.Files.Count > 0 ? request.Files.Count : body.Count ?? 2;
        var named = body.Kind ?? "photo";
        if (count is < 2 or > LargestAlbum || named is not ("photo" or "video" or "document" or "audio"))
        {
            throw new SandboxRefusal(StatusCodes.Status400BadRequest, $"An album holds 2 to {LargestAlbum} of kind photo, video, document or audio.");
        }

        var caption = CustomerEndpoints.CaptionOf(body.Caption);
        var album = BotMedia.NextAlbum();
        List<SandboxContent> contents = [];
        for (var i = 0; i < count; i++)
        {
            var file = request.Files.Count > 0
                ? bot.Files.Keep(KindOf(request.Files[i], body.Kind), await MediaRequest.BytesAsync(request.Files[i], ct), request.Files[i].FileName, request.Files[i].ContentType)
                : Sample(bot, MediaKind.All[named], body);
            contents.Add(MediaContent.Of(bot.Files, file, i == 0 ? caption : null) with { Album = album });
        }

        return [.. contents];
    }

    private static MediaKind KindOf(IFormFile file, string? named) => MediaKind.All[
        named
        ?? (file.ContentType?.StartsWith("image/", StringComparison.Ordinal) is true ? "photo"
            : file.ContentType?.StartsWith("video/", StringComparison.Ordinal) is true ? "video"
            : "document")];
}
