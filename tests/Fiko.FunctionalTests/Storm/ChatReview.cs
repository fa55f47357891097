using System.Text.Json;
using Fiko.Domain.Conversations;
using Fiko.FunctionalTests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Fiko.FunctionalTests.Storm;

/// <summary>Compares a conversation with its model, with what a socket heard of it, and with the customer's phone.</summary>
internal sealed class ChatReview(Shop shop)
{
    private const int Page = 200;

    private readonly List<string> _differences = [];
    private Dictionary<(long Channel, string Scope, string ExternalId), string> _named = [];

    /// <summary>All that is not as it must be, in words.</summary>
    public IReadOnlyList<string> Differences => _differences;

    public async Task ReadNamesAsync() => _named = await shop.AskAsync(async (db, _) =>
        (await db.PlatformIds
            .Where(p => p.ChannelId == shop.TelegramChannel || p.ChannelId == shop.InstagramChannel)
            .Select(p => new { p.ChannelId, p.Scope, p.ExternalId, p.MessageId })
            .ToListAsync()).ToDictionary(p => (p.ChannelId, p.Scope, p.ExternalId), p => new MessageId(p.MessageId).ToString()));

    /// <summary>The whole conversation, oldest first.</summary>
    public static async Task<IReadOnlyList<JsonElement>> ReadAsync(FikoSocket socket)
    {
        var all = new List<JsonElement>();
        while (true)
        {
            await socket.SendAsync(new { type = "get_messages", after = all.Count == 0 ? 0 : all[^1].Number("seq"), limit = Page });
            var page = await socket.NextAsync("message_history");
            all.AddRange(page.At("messages").EnumerateArray());
            if (!page.At("has_more").GetBoolean())
            {
                return all;
            }
        }
    }

    public async Task CompareAsync(OpenStormChat chat)
    {
        var (model, shown) = (chat.Customer.Chat, await ReadAsync(chat.Socket));
        var byId = shown.ToDictionary(m => m.Text("id")!);
        Expect(model, "the numbers", string.Join(' ', Enumerable.Range(1, shown.Count)), string.Join(' ', shown.Select(m => m.Number("seq"))));

        // The first one began the conversation before the stream.
        Expect(model, "how many", $"{1 + model.Messages.Count + model.Answers.Count}", $"{shown.Count}");
        foreach (var message in model.Messages.Concat(model.Answers.Values))
        {
            var ids = message.PlatformIds.Select(id => IdOf(model, id)).Distinct().ToList();
            Expect(model, string.Join('+', message.PlatformIds), $"{message}", ids is [{ } id] && byId.TryGetValue(id, out var found) ? ModelMessage.Describe(found) : $"{ids.Count} messages");
        }

        CompareAnswers(model, shown);
        await CompareLiveAsync(chat, shown);
        await ComparePhoneAsync(model, shown);
    }

    private void CompareAnswers(ModelChat model, IReadOnlyList<JsonElement> shown)
    {
        var ours = shown.Where(m => m.Text("type") is "support").ToList();
        var byClient = ours.Where(m => m.Text("client_id") is not null).ToDictionary(m => m.Text("client_id")!);
        Expect(model, "the answers", string.Join(' ', model.Answers.Keys), string.Join(' ', byClient.Keys));

        // Seen is a message with all before it (developers.facebook.com/docs/messenger-platform/reference/webhook-events/message-reads).
        var seenUpTo = model.Seen.Select(id => byClient[id].Number("seq")).DefaultIfEmpty(0).Max();
        Expect(
            model,
            "what was seen",
            string.Join(' ', ours.Select(m => m.Number("seq") <= seenUpTo ? "read" : "sent")),
            string.Join(' ', ours.Select(m => m.Text("status"))));
    }

    // Frames follow the commit; they are on their way when the database is quiet already.
    private async Task CompareLiveAsync(OpenStormChat chat, IReadOnlyList<JsonElement> shown)
    {
        var read = LiveChat.StateOf(shown);
        var live = LiveChat.Of([]);
        try
        {
            await Eventually.SeesAsync(
                () => Task.FromResult(live = LiveChat.Of(chat.Socket.Heard)), heard => heard.State == read, "the frames of a chat", TimeSpan.FromSeconds(20));
        }
        catch (TimeoutException)
        {
            Expect(chat.Customer.Chat, "what the frames say", read, live.State);
        }

        Expect(chat.Customer.Chat, "heard as new twice", "", string.Join(' ', live.Announced.Where(a => a.Value > 1).Select(a => a.Key)));
    }

    private async Task ComparePhoneAsync(ModelChat model, IReadOnlyList<JsonElement> shown) => Expect(
        model,
        "the phone",
        string.Join('\n', shown.Where(m => m.Text("client_id") is not null).Select(m => m.Text("content"))),
        string.Join('\n', (await shop.SeesAsync(model.Customer)).Select(m => m.Text)));

    private string? IdOf(ModelChat model, string platformId) => _named.GetValueOrDefault(model.Customer.OnInstagram
        ? (shop.InstagramChannel, "", platformId)
        : (shop.TelegramChannel, model.Customer.Id, platformId));

    private void Expect(ModelChat model, string what, string expected, string actual)
    {
        if (expected != actual)
        {
            _differences.Add($"{model.Customer.Name}, {what}\n  must be: {expected}\n  is:      {actual}");
        }
    }
}
