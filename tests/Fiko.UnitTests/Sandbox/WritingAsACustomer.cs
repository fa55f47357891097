using System.Net;
using Telegram.Bot;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Fiko.UnitTests.Sandbox;

public class WritingAsACustomer
{
    private readonly WatchedTime _time = new();

    [Fact]
    public async Task The_update_arrives_at_the_webhook_as_telegram_would_send_it()
    {
        await using var host = await SandboxHost.StartAsync(_time);
        await host.Bot().SetWebhook(host.HookUrl, secretToken: "s3cret_-", cancellationToken: SandboxHost.Limit);

        var answer = await host.PostAsync("customers/42/messages", new { text = "سلام", first_name = "نگار", username = "negar" });
        var received = await host.Hook.NextAsync();

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(("s3cret_-", "application/json"), (received.Secret, received.ContentType));
        var id = (int)received.Update["update_id"]!;
        var message = (int)received.Update["message"]!["message_id"]!;
        Assert.Equal($$"""{"update_id":{{id}},"message_id":{{message}}}""", await answer.Content.ReadAsStringAsync(SandboxHost.Limit));
        Assert.Equal(
            $$$"""{"update_id":{{{id}}},"message":{"message_id":{{{message}}},"from":{"id":42,"is_bot":false,"first_name":"نگار","username":"negar"},"chat":{"id":42,"type":"private","first_name":"نگار","username":"negar"},"date":1785574800,"text":"سلام"}}""",
            received.Body);
    }

    [Fact]
    public async Task Ids_rise_and_names_are_remembered()
    {
        await using var host = await SandboxHost.StartAsync(_time);
        await host.Bot().SetWebhook(host.HookUrl, cancellationToken: SandboxHost.Limit);

        await host.PostAsync("customers/42/messages", new { text = "1", first_name = "Sara", last_name = "K" });
        await host.PostAsync("customers/42/messages", new { text = "2" });
        var (first, second) = (await host.Hook.NextAsync(), await host.Hook.NextAsync());

        Assert.Equal((int)first.Update["update_id"]! + 1, (int)second.Update["update_id"]!);
        Assert.Equal((int)first.Update["message"]!["message_id"]! + 1, (int)second.Update["message"]!["message_id"]!);
        Assert.Equal(("Sara", "K"), ((string?)second.Update["message"]!["from"]!["first_name"], (string?)second.Update["message"]!["from"]!["last_name"]));
        Assert.Null(first.Secret);
    }

    [Fact]
    public async Task A_refused_update_is_retried_at_once_and_then_after_two_seconds_and_holds_back_its_chat_alone()
    {
        await using var host = await SandboxHost.StartAsync(_time);
        host.Hook.Answer = call => call <= 2 ? 500 : 200;
        await host.Bot().SetWebhook(host.HookUrl, cancellationToken: SandboxHost.Limit);

        await host.PostAsync("customers/42/messages", new { text = "first" });
        var early = new[] { await host.Hook.NextAsync(), await host.Hook.NextAsync() };
        await host.PostAsync("customers/42/messages", new { text = "second" });
        await host.PostAsync("customers/43/messages", new { text = "other" });
        var meanwhile = await host.Hook.NextAsync();
        var description = await host.Bot().GetWebhookInfo(SandboxHost.Limit);
        await _time.ElapseAsync(TimeSpan.FromSeconds(2));
        var late = await host.Hook.NextAsync();

        Assert.Equal([("first", 500), ("first", 500)], early.Select(r => (r.Text, r.Status)));
        Assert.Equal(("other", 200), (meanwhile.Text, meanwhile.Status));
        Assert.StartsWith("Wrong response from the webhook: 500", description.LastErrorMessage, StringComparison.Ordinal);
        Assert.Equal(("first", 200), (late.Text, late.Status));
        Assert.Equal("second", (await host.Hook.NextAsync()).Text);
    }

    [Fact]
    public async Task A_new_webhook_gets_at_once_what_the_old_one_refused()
    {
        await using var host = await SandboxHost.StartAsync(_time);
        host.Hook.Answer = call => call <= 2 ? 500 : 200;
        await host.Bot().SetWebhook(host.HookUrl, cancellationToken: SandboxHost.Limit);
        await host.PostAsync("customers/42/messages", new { text = "first" });
        await host.Hook.NextAsync();
        await host.Hook.NextAsync();

        await host.Bot().SetWebhook(host.HookUrl, secretToken: "other", cancellationToken: SandboxHost.Limit);

        var received = await host.Hook.NextAsync();
        Assert.Equal(("first", "other", 200), (received.Text, received.Secret, received.Status));
    }

    [Fact]
    public async Task What_nobody_took_yet_goes_to_the_webhook_when_there_is_one()
    {
        await using var host = await SandboxHost.StartAsync(_time);
        await host.Bot().GetMe(SandboxHost.Limit);
        await host.PostAsync("customers/42/messages", new { text = "early" });

        await host.Bot().SetWebhook(host.HookUrl, cancellationToken: SandboxHost.Limit);

        Assert.Equal("early", (await host.Hook.NextAsync()).Text);
    }

    [Fact]
    public async Task The_chat_shows_both_directions_and_the_bot_typing()
    {
        await using var host = await SandboxHost.StartAsync(_time);
        var bot = host.Bot();
        await bot.GetMe(SandboxHost.Limit);
        await host.PostAsync("customers/42/messages", new { text = "hi" });

        await bot.SendChatAction(42, ChatAction.Typing, cancellationToken: SandboxHost.Limit);
        var typing = await host.LookAsync("customers/42/messages");
        await bot.SendMessage(42, "hello", cancellationToken: SandboxHost.Limit);
        var after = await host.LookAsync("customers/42/messages");

        Assert.True((bool)typing["typing"]!);
        Assert.False((bool)after["typing"]!);
        var hi = (int)after["items"]![0]!["id"]!;
        Assert.Equal(
            $$"""{"items":[{"id":{{hi}},"from":"customer","kind":"text","text":"hi","date":"2026-08-01T09:00:00+00:00","edited":false,"reply_to":null,"deleted":false,"files":[],"reactions":[]},{"id":{{hi + 1}},"from":"bot","kind":"text","text":"hello","date":"2026-08-01T09:00:00+00:00","edited":false,"reply_to":null,"deleted":false,"files":[],"reactions":[]}],"typing":false,"blocked":false}""",
            await host.Http.GetStringAsync("/sandbox/telegram/customers/42/messages", SandboxHost.Limit));
    }

    [Fact]
    public async Task Typing_ends_by_itself_after_five_seconds()
    {
        await using var host = await SandboxHost.StartAsync(_time);
        await host.Bot().GetMe(SandboxHost.Limit);
        await host.PostAsync("customers/42/messages", new { text = "hi" });
        await host.Bot().SendChatAction(42, ChatAction.Typing, cancellationToken: SandboxHost.Limit);

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.False((bool)(await host.LookAsync("customers/42/messages"))["typing"]!);
    }

    [Fact]
    public async Task Only_own_texts_can_be_edited()
    {
        await using var host = await SandboxHost.StartAsync(_time);
        var bot = host.Bot();
        await bot.SetWebhook(host.HookUrl, cancellationToken: SandboxHost.Limit);
        await host.PostAsync("customers/42/messages", new { text = "hi" });
        var own = (int)(await host.Hook.NextAsync()).Update["message"]!["message_id"]!;
        var answer = await bot.SendMessage(42, "hello", cancellationToken: SandboxHost.Limit);

        var edited = await host.PostAsync($"customers/42/messages/{own}/edit", new { text = "hi!" });
        var foreign = await host.PostAsync($"customers/42/messages/{answer.Id}/edit", new { text = "x" });
        var missing = await host.PostAsync("customers/42/messages/1/edit", new { text = "x" });

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.BadRequest, HttpStatusCode.NotFound), (edited.StatusCode, foreign.StatusCode, missing.StatusCode));
        var update = (await host.Hook.NextAsync()).Update["edited_message"]!;
        Assert.Equal((own, "hi!", 1785574800), ((int)update["message_id"]!, (string?)update["text"], (int)update["edit_date"]!));
    }

    [Theory]
    [InlineData("photo", MessageType.Photo)]
    [InlineData("messages/photo", MessageType.Photo)]
    [InlineData("sticker", MessageType.Sticker)]
    [InlineData("voice", MessageType.Voice)]
    [InlineData("location", MessageType.Location)]
    [InlineData("contact", MessageType.Contact)]
    public async Task Other_content_reads_as_such_with_the_client_library(string path, MessageType type)
    {
        await using var host = await SandboxHost.StartAsync(_time);
        await host.Bot().GetMe(SandboxHost.Limit);

        var answer = await host.PostAsync($"customers/42/{path}", new { caption = "this" });

        var message = Assert.Single(await host.Bot().GetUpdates(cancellationToken: SandboxHost.Limit)).Message!;
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(type, message.Type);
        Assert.Equal(type is MessageType.Photo or MessageType.Voice ? "this" : null, message.Caption);
    }

    [Fact]
    public async Task Blocking_and_unblocking_change_the_membership_once()
    {
        await using var host = await SandboxHost.StartAsync(_time);
        await host.Bot().GetMe(SandboxHost.Limit);
        await host.PostAsync("customers/42/messages", new { text = "hi" });

        var answers = new[]
        {
            await host.PostAsync("customers/42/block"), await host.PostAsync("customers/42/block"),
            await host.PostAsync("customers/42/messages", new { text = "while blocked" }), await host.PostAsync("customers/42/unblock"),
            await host.PostAsync("customers/99/block"),
        };

        Assert.Equal([202, 204, 409, 202, 404], answers.Select(a => (int)a.StatusCode));
        var updates = await host.Bot().GetUpdates(cancellationToken: SandboxHost.Limit);
        Assert.Equal([ChatMemberStatus.Kicked, ChatMemberStatus.Member], updates.Skip(1).Select(u => u.MyChatMember!.NewChatMember.Status));
    }

    [Fact]
    public async Task A_group_has_its_own_chat_with_several_senders()
    {
        await using var host = await SandboxHost.StartAsync(_time);
        await host.Bot().GetMe(SandboxHost.Limit);

        await host.PostAsync("groups/-77/messages", new { text = "one", from = 42, first_name = "Sara" });
        await host.PostAsync("groups/77/messages", new { text = "two", from = 43 });
        await host.Bot().SendMessage(-77, "three", cancellationToken: SandboxHost.Limit);

        var updates = await host.Bot().GetUpdates(cancellationToken: SandboxHost.Limit);
        var items = (await host.LookAsync("groups/-77/messages"))["items"]!.AsArray();
        Assert.All(updates, u => Assert.Equal((-77, ChatType.Group), (u.Message!.Chat.Id, u.Message.Chat.Type)));
        Assert.Equal([42, 43], updates.Select(u => u.Message!.From!.Id));
        Assert.Equal(["customer", "customer", "bot"], items.Select(i => (string?)i!["from"]));
        Assert.Equal("Sara", (string?)items[0]!["sender"]!["first_name"]);
    }

    [Theory]
    [InlineData("{\"update_id\":5,  \"new_kind\":{\"chat\":{\"id\":42}}}")]
    [InlineData("[]")]
    [InlineData("{broken")]
    [InlineData("{\"update_id\":6,\"message\":{\"\\ud800\":1}}")]
    public async Task A_raw_update_is_posted_byte_for_byte(string body)
    {
        await using var host = await SandboxHost.StartAsync(_time);
        await host.Bot().SetWebhook(host.HookUrl, cancellationToken: SandboxHost.Limit);

        await host.Http.PostAsync("/sandbox/telegram/updates", new StringContent(body), SandboxHost.Limit);

        Assert.Equal(body, (await host.Hook.NextAsync()).Body);
    }
}
