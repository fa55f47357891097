using System.Net;
using Microsoft.Extensions.Time.Testing;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Fiko.UnitTests.Sandbox;

public class ChangingMessages
{
    private static readonly UpdateType[] WithReactions = [UpdateType.Message, UpdateType.EditedMessage, UpdateType.MessageReaction];

    [Fact]
    public async Task A_bot_changes_and_removes_a_caption()
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        var bot = host.Bot();
        var sent = await bot.SendPhoto(42, Photo(), "first", cancellationToken: SandboxHost.Limit);

        var edited = await bot.EditMessageCaption(42, sent.Id, "second", cancellationToken: SandboxHost.Limit);
        var same = await RefusalAsync(() => bot.EditMessageCaption(42, sent.Id, "second"));
        var removed = await bot.EditMessageCaption(42, sent.Id, null, cancellationToken: SandboxHost.Limit);

        Assert.Equal(("second", null, sent.Photo![^1].FileId), (edited.Caption, removed.Caption, removed.Photo![^1].FileId));
        Assert.StartsWith("Bad Request: message is not modified", same, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_are_changed_where_they_stand()
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        var bot = host.Bot();
        var photo = await bot.SendPhoto(42, Photo(), "first", cancellationToken: SandboxHost.Limit);
        var text = await bot.SendMessage(42, "first", cancellationToken: SandboxHost.Limit);

        Assert.Equal("Bad Request: there is no text in the message to edit", await RefusalAsync(() => bot.EditMessageText(42, photo.Id, "x")));
        Assert.Equal("Bad Request: there is no caption in the message to edit", await RefusalAsync(() => bot.EditMessageCaption(42, text.Id, "x")));
        Assert.Equal("Bad Request: message to edit not found", await RefusalAsync(() => bot.EditMessageCaption(42, 1, "x")));
    }

    [Fact]
    public async Task A_bot_deletes_for_two_days_and_several_at_once()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 8, 1, 9, 0, 0, TimeSpan.Zero));
        await using var host = await SandboxHost.WithACustomerAsync(time);
        var bot = host.Bot();
        var old = await bot.SendMessage(42, "old", cancellationToken: SandboxHost.Limit);
        time.Advance(TimeSpan.FromHours(48) + TimeSpan.FromSeconds(1));
        var first = await bot.SendMessage(42, "1", cancellationToken: SandboxHost.Limit);
        var second = await bot.SendMessage(42, "2", cancellationToken: SandboxHost.Limit);

        await bot.DeleteMessages(42, [first.Id, 1, second.Id], SandboxHost.Limit);

        Assert.Equal("Bad Request: message can't be deleted for everyone", await RefusalAsync(() => bot.DeleteMessage(42, old.Id)));
        Assert.Equal([false, false, true, true], (await host.LookAsync("customers/42/messages"))["items"]!.AsArray().Select(i => (bool)i!["deleted"]!));
    }

    [Fact]
    public async Task A_bot_reacts_with_one_known_emoji_and_takes_it_back()
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        var bot = host.Bot();
        var message = (await host.LastMessageAsync()).Id;

        await bot.SetMessageReaction(42, message, ["👍"], cancellationToken: SandboxHost.Limit);
        var with = await ReactionsAsync(host);
        await bot.SetMessageReaction(42, message, [], cancellationToken: SandboxHost.Limit);

        Assert.Equal(("👍 of bot", ""), (with, await ReactionsAsync(host)));
        Assert.Equal("Bad Request: REACTION_INVALID", await RefusalAsync(() => bot.SetMessageReaction(42, message, ["🐈"])));
        Assert.Equal("Bad Request: REACTION_INVALID", await RefusalAsync(() => bot.SetMessageReaction(42, message, [new ReactionTypeCustomEmoji { CustomEmojiId = "1" }])));
        Assert.Equal("Bad Request: REACTIONS_TOO_MANY", await RefusalAsync(() => bot.SetMessageReaction(42, message, ["👍", "🔥"])));
        Assert.Equal("Bad Request: message to react not found", await RefusalAsync(() => bot.SetMessageReaction(42, 1, ["👍"])));
    }

    [Fact]
    public async Task A_customers_reaction_tells_what_was_before()
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        await host.Bot().GetUpdates(allowedUpdates: WithReactions, cancellationToken: SandboxHost.Limit);
        var answer = await host.Bot().SendMessage(42, "bye", cancellationToken: SandboxHost.Limit);

        var answers = new[]
        {
            await ReactAsync(host, answer.Id, "❤️"), await ReactAsync(host, answer.Id, "❤️"), await ReactAsync(host, answer.Id, "🔥"),
            await ReactAsync(host, answer.Id, null), await ReactAsync(host, answer.Id, "🐈"), await ReactAsync(host, 1, "🔥"),
        };

        var reactions = (await host.Bot().GetUpdates(cancellationToken: SandboxHost.Limit)).Skip(1).Select(u => u.MessageReaction!).ToArray();
        Assert.Equal([202, 204, 202, 202, 400, 404], answers.Select(a => (int)a));
        Assert.Equal([("", "❤"), ("❤", "🔥"), ("🔥", "")], reactions.Select(r => (Emoji(r.OldReaction), Emoji(r.NewReaction))));
        Assert.All(reactions, r => Assert.Equal((42, 42, answer.Id), (r.Chat.Id, r.User!.Id, r.MessageId)));
    }

    [Fact]
    public async Task Reactions_come_only_to_a_bot_that_asked_for_them()
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        var message = (await host.LastMessageAsync()).Id;

        var unasked = await ReactAsync(host, message, "🔥");
        await host.Bot().GetUpdates(allowedUpdates: WithReactions, cancellationToken: SandboxHost.Limit);
        var asked = await ReactAsync(host, message, "🔥");
        await host.Bot().GetUpdates(allowedUpdates: [], cancellationToken: SandboxHost.Limit);

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Accepted), (unasked, asked));
        Assert.Equal(HttpStatusCode.Conflict, await ReactAsync(host, message, null));
        Assert.Equal("🔥 of customer", await ReactionsAsync(host));
    }

    [Fact]
    public async Task A_customer_changes_the_caption_of_an_own_file()
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        await host.PostAsync("customers/42/photo", new { caption = "first" });
        var sent = await host.LastMessageAsync();

        await host.PostAsync($"customers/42/messages/{sent.Id}/edit", new { caption = "second" });

        var edited = (await host.Bot().GetUpdates(cancellationToken: SandboxHost.Limit))[^1].EditedMessage!;
        Assert.Equal((sent.Id, "second", sent.Photo![^1].FileId), (edited.Id, edited.Caption, edited.Photo![^1].FileId));
    }

    [Fact]
    public async Task A_reply_to_what_a_customer_took_back_fails_and_the_bot_hears_nothing_before()
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        var message = (await host.LastMessageAsync()).Id;

        var answer = await host.PostAsync($"customers/42/messages/{message}/delete");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Single(await host.Bot().GetUpdates(cancellationToken: SandboxHost.Limit));
        Assert.Equal("Bad Request: message to be replied not found", await RefusalAsync(() => host.Bot().SendMessage(42, "x", replyParameters: message)));
    }

    private static InputFileStream Photo() => InputFile.FromStream(new MemoryStream([1, 2, 3]), "a.jpg");

    private static string Emoji(ReactionType[] reactions) => string.Concat(reactions.OfType<ReactionTypeEmoji>().Select(r => r.Emoji));

    private static async Task<HttpStatusCode> ReactAsync(SandboxHost host, int message, string? emoji) =>
        (await host.PostAsync($"customers/42/messages/{message}/reactions", new { emoji })).StatusCode;

    private static async Task<string> ReactionsAsync(SandboxHost host) => string.Concat(
        (await host.LookAsync("customers/42/messages"))["items"]!.AsArray()[^1]!["reactions"]!.AsArray().Select(r => $"{r!["emoji"]} of {r["from"]}"));

    private static async Task<string> RefusalAsync(Func<Task> call) => (await Assert.ThrowsAsync<ApiRequestException>(call)).Message;
}
