using System.Text.Json;
using System.Text.Json.Nodes;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Storm;

/// <summary>Small files that the sandbox has: events of the stream name them, so that their bytes can be fetched.</summary>
internal sealed class FileSamples
{
    private static readonly ShopCustomer OnTelegram = new(false, "4100000001");
    private static readonly ShopCustomer OnInstagram = new(true, "4100000001");

    private readonly Dictionary<string, (string Content, string Kind, JsonElement Body)> _samples = [];

    /// <summary>The kinds of files that there are of Telegram.</summary>
    public static IReadOnlyList<string> Telegram { get; } = ["photo", "voice", "document"];

    /// <summary>The kinds of files that there are of Instagram.</summary>
    public static IReadOnlyList<string> Instagram { get; } = ["image", "audio"];

    /// <summary>A customer outside the stream shows one of each.</summary>
    public static async Task<FileSamples> OfAsync(Shop shop)
    {
        foreach (var kind in Telegram)
        {
            await shop.DoAsync(OnTelegram, kind, new { first_name = "Sample" });
        }

        await shop.DoAsync(OnInstagram, "photo", new { first_name = "Sample" });
        await shop.DoAsync(OnInstagram, "audio", new { first_name = "Sample" });

        var samples = new FileSamples();
        foreach (var (customer, channel) in ((ShopCustomer, long)[])[(OnTelegram, shop.TelegramChannel), (OnInstagram, shop.InstagramChannel)])
        {
            var kinds = customer.OnInstagram ? Instagram : Telegram;
            var shown = await Eventually.SeesAsync(() => ReadAsync(shop, customer), all => all.Length == kinds.Count, "the samples of files", TimeSpan.FromSeconds(60));
            var bodies = (await shop.BodiesAsync(channel)).Select(b => JsonDocument.Parse(b).RootElement);
            foreach (var body in bodies)
            {
                samples.Keep(customer, kinds, body, shown);
            }
        }

        return samples;
    }

    /// <summary>What the server makes of such a file that nothing was written under.</summary>
    public string ContentOf(string kind) => _samples[kind].Content;

    /// <summary>What it is to an agent.</summary>
    public string KindOf(string kind) => _samples[kind].Kind;

    /// <summary>As the platform describes it.</summary>
    public JsonNode this[string kind] => JsonNode.Parse(_samples[kind].Body.GetRawText())!;

    private static async Task<JsonElement[]> ReadAsync(Shop shop, ShopCustomer customer)
    {
        if (!(await shop.ConversationsAsync()).TryGetValue(customer.Name, out var conversation))
        {
            return [];
        }

        await using var chat = await shop.Workspace.OpenChatAsync(shop.Workspace.Owner, conversation);
        return [.. (await chat.NextAsync("recent_messages")).At("messages").EnumerateArray()];
    }

    private void Keep(ShopCustomer customer, IReadOnlyList<string> kinds, JsonElement body, JsonElement[] shown)
    {
        foreach (var kind in kinds)
        {
            var file = customer.OnInstagram ? OnInstagramOf(body, kind) : body.TryGetProperty("message", out var message) && message.TryGetProperty(kind, out var part) ? part : (JsonElement?)null;
            if (file is { } found)
            {
                var seen = shown.Single(m => m.Text("kind") == kind);
                _samples[kind] = (seen.Text("content")!, seen.Text("attachments.0.kind")!, found);
            }
        }
    }

    private static JsonElement? OnInstagramOf(JsonElement body, string kind) =>
        body.At("entry.0.messaging.0").TryGetProperty("message", out var message) && message.TryGetProperty("attachments", out var files) && files[0].Text("type") == kind
            ? files[0]
            : null;
}
