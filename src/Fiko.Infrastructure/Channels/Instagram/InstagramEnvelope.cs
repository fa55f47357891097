using System.Text.Json;

namespace Fiko.Infrastructure.Channels.Instagram;

/// <summary>
/// Takes a webhook's envelope apart: an object or an array of them, each with up to a thousand items of any accounts
/// (developers.facebook.com/docs/instagram-platform/webhooks/examples, …/docs/graph-api/webhooks/getting-started).
/// </summary>
internal static class InstagramEnvelope
{
    private const string Instagram = "instagram";
    private const string Changes = "changes";

    // While another application controls the conversation, the same items come in a list of another name.
    private static readonly string[] Lists = ["messaging", "standby", Changes];

    /// <param name="root">The body.</param>
    /// <param name="odd">Told why a part of it could not be read at all.</param>
    /// <returns>Each item, with an envelope of its own that holds nothing else.</returns>
    public static IEnumerable<(InstagramItem Item, Func<string> Stored)> Items(JsonElement root, Action<string> odd)
    {
        IEnumerable<JsonElement> envelopes = root.ValueKind is JsonValueKind.Array ? root.EnumerateArray() : [root];
        return envelopes.SelectMany(envelope => ItemsOf(envelope, odd));
    }

    private static IEnumerable<(InstagramItem Item, Func<string> Stored)> ItemsOf(JsonElement envelope, Action<string> odd)
    {
        if (envelope.ValueKind is not JsonValueKind.Object)
        {
            odd("An envelope that is no object");
            return [];
        }

        // Pages, users and whatever else an application may subscribe to come to the same address.
        if (envelope.Text("object") is { } kind && kind != Instagram)
        {
            return [];
        }

        if (!envelope.Has("entry"))
        {
            odd("An envelope without entries");
            return [];
        }

        // Each one of that name: a second must not cost the first.
        return envelope.EnumerateObject().Where(part => part.NameEquals("entry")).SelectMany(part => EntriesIn(part.Value, odd));
    }

    private static IEnumerable<(InstagramItem Item, Func<string> Stored)> EntriesIn(JsonElement entries, Action<string> odd)
    {
        if (entries.ValueKind is not JsonValueKind.Array)
        {
            odd("Entries that are no list");
            return [];
        }

        return entries.EnumerateArray().SelectMany(entry => ItemsIn(entry, odd));
    }

    private static IEnumerable<(InstagramItem Item, Func<string> Stored)> ItemsIn(JsonElement entry, Action<string> odd)
    {
        if (entry.ValueKind is not JsonValueKind.Object || InstagramItem.Id(entry, "id") is not { } account)
        {
            odd("An entry without an account");
            yield break;
        }

        var (hasItems, hasMore) = (false, false);
        foreach (var part in entry.EnumerateObject())
        {
            switch (part.Name)
            {
                case "id" or "time" or "value":
                    break;
                case "field":
                    hasItems = true;
                    yield return (Change(account, entry), () => Wrap(entry, $"\"field\":{Raw(entry, "field")},\"value\":{Raw(entry, "value")}"));
                    break;
                case var list when Lists.Contains(list) && part.Value.ValueKind is JsonValueKind.Array:
                    hasItems = true;
                    foreach (var item in part.Value.EnumerateArray())
                    {
                        yield return (list is Changes ? Change(account, item) : new InstagramItem(account, null, item), () => Wrap(entry, $"\"{list}\":[{item.GetRawText()}]"));
                    }

                    break;
                case var list when Lists.Contains(list):
                    odd("Items that are no list");
                    break;
                default:
                    hasMore = true;
                    break;
            }
        }

        if (hasMore && !hasItems)
        {
            odd("An entry without items");
        }
    }

    private static InstagramItem Change(string account, JsonElement change) => new(
        account,
        change.Text("field") ?? "",
        change.ValueKind is not JsonValueKind.Object ? change : change.TryGetProperty("value", out var value) ? value : default);

    // The item itself stays as it came, letter by letter.
    private static string Wrap(JsonElement entry, string content) =>
        $$"""{"object":"instagram","entry":[{"id":{{Raw(entry, "id")}},"time":{{Raw(entry, "time")}},{{content}}}]}""";

    private static string Raw(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value.GetRawText() : "null";
}
