using System.Net;
using Fiko.Domain.Channels;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Telegram;

public sealed class ReceivingUpdates(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task With_the_secret_it_is_answered_200_with_nothing_that_Telegram_would_execute()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);

        var answer = await telegram.PostUpdateAsync(TelegramWorkspace.TextUpdate(CustomersSide.NewCustomer(), "hello", message: 1));

        Assert.Equal((HttpStatusCode.OK, ""), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task Without_the_right_secret_nothing_is_stored()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var other = await TelegramWorkspace.CreateAsync(server);
        var update = System.Text.Json.JsonSerializer.Serialize(TelegramWorkspace.TextUpdate(CustomersSide.NewCustomer(), "hello", message: 1));
        var secret = await telegram.SecretAsync();

        HttpStatusCode[] answers =
        [
            (await telegram.PostUpdateAsync(update, null)).Status,
            (await telegram.PostUpdateAsync(update, "")).Status,
            (await telegram.PostUpdateAsync(update, secret[..^1])).Status,
            (await telegram.PostUpdateAsync(update, secret + "0")).Status,
            (await telegram.PostUpdateAsync(update, secret.ToUpperInvariant())).Status,
            (await telegram.PostUpdateAsync(update, await other.SecretAsync())).Status,
        ];

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Unauthorized, a));
        Assert.Empty(await telegram.UpdatesAsync());
    }

    [Fact]
    public async Task The_same_update_ten_times_at_once_is_one_message_and_one_frame()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var customer = CustomersSide.NewCustomer();
        var conversation = await telegram.BeginAsync(customer);
        await using var chat = await telegram.OpenChatAsync(conversation);
        await using var list = await telegram.Workspace.OpenListAsync(telegram.Owner);
        await list.DrainAsync();
        var update = TelegramWorkspace.TextUpdate(customer, "only once", message: 77);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => telegram.PostUpdateAsync(update)));
        var again = await telegram.PostUpdateAsync(update);
        await telegram.PostUpdateAsync(TelegramWorkspace.TextUpdate(customer, "the end", message: 78));

        Assert.All(answers.Append(again), a => Assert.Equal(HttpStatusCode.OK, a.Status));
        await chat.NextAsync(f => Content(f) == "the end", "the end");
        await list.NextAsync(f => Content(f) == "the end", "the end");
        Assert.Equal(["only once", "the end"], chat.Heard.Where(f => FikoSocket.TypeOf(f) == "chat_message").Select(Content));
        Assert.Equal(["only once", "the end"], list.Heard.Where(f => FikoSocket.TypeOf(f) == "new_customer_message").Select(Content));
        Assert.Equal(3, (await telegram.UpdatesAsync()).Count);
    }

    [Fact]
    public async Task The_same_message_in_another_update_is_the_same_message()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var customer = CustomersSide.NewCustomer();
        var conversation = await telegram.BeginAsync(customer);
        await using var chat = await telegram.OpenChatAsync(conversation);

        await telegram.PostUpdateAsync(TelegramWorkspace.TextUpdate(customer, "only once", message: 77));
        await telegram.PostUpdateAsync(TelegramWorkspace.TextUpdate(customer, "only once", message: 77));
        await telegram.PostUpdateAsync(TelegramWorkspace.TextUpdate(customer, "the end", message: 78));

        await chat.NextAsync(f => Content(f) == "the end", "the end");
        Assert.Equal(["only once", "the end"], chat.Heard.Where(f => FikoSocket.TypeOf(f) == "chat_message").Select(Content));
    }

    [Fact]
    public async Task Ten_first_messages_at_once_are_one_customer_and_one_conversation()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var customer = CustomersSide.NewCustomer();
        await using var list = await telegram.Workspace.OpenListAsync(telegram.Owner);
        await list.DrainAsync();

        await Task.WhenAll(Enumerable.Range(1, 10).Select(n => telegram.PostUpdateAsync(TelegramWorkspace.TextUpdate(customer, $"first {n}", message: n))));

        var heard = new List<System.Text.Json.JsonElement>();
        while (heard.Count < 10)
        {
            heard.Add(await list.NextAsync("new_customer_message"));
        }

        var conversation = Assert.Single(heard.Select(f => f.GetProperty("conversation_id").GetString()!).Distinct());
        Assert.Single(heard.Select(f => f.GetProperty("conversation").GetProperty("customer").GetProperty("id").GetInt64()).Distinct());
        Assert.Equal(Enumerable.Range(1, 10), (await telegram.ReadChatAsync(conversation)).Select(m => m.GetProperty("seq").GetInt32()));
        await list.SendAsync(new { type = "get_conversations" });
        Assert.Equal(1, (await list.NextAsync("conversations_list")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task What_a_customer_writes_stays_in_its_order()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var (one, other) = (CustomersSide.NewCustomer(), CustomersSide.NewCustomer());
        var (first, second) = (await telegram.BeginAsync(one), await telegram.BeginAsync(other));
        await using var chat = await telegram.OpenChatAsync(first);
        await using var beside = await telegram.OpenChatAsync(second);

        for (var n = 1; n <= 30; n++)
        {
            await telegram.Customers.WriteAsync(one, $"{n}");
            await telegram.Customers.WriteAsync(other, $"{n}");
        }

        foreach (var socket in new[] { chat, beside })
        {
            await socket.NextAsync(f => Content(f) == "30", "the last one");
            var heard = socket.Heard.Where(f => FikoSocket.TypeOf(f) == "chat_message").Select(f => f.GetProperty("message")).ToList();
            Assert.Equal(Enumerable.Range(1, 30).Select(n => $"{n}"), heard.Select(m => m.GetProperty("content").GetString()));
            Assert.Equal(Enumerable.Range(2, 30), heard.Select(m => m.GetProperty("seq").GetInt32()));
        }
    }

    [Theory]
    [InlineData("{\"update_id\": 1, ")]
    [InlineData("not json at all")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("")]
    [InlineData("{\"update_id\": 99999999999999999999999, \"message\": 7}")]
    [InlineData("{\"update_id\": 5, \"message\": {\"message_id\": 1}}")]
    [InlineData("{\"update_id\": 6, \"message\": {\"message_id\": \"x\", \"chat\": {\"id\": 5, \"type\": \"private\"}, \"text\": \"t\"}}")]
    public async Task What_cannot_be_understood_is_answered_200_and_kept_with_the_reason(string body)
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);

        var answer = await telegram.PostUpdateAsync(body, await telegram.SecretAsync());

        Assert.Equal((HttpStatusCode.OK, ""), (answer.Status, answer.Text));
        var stored = Assert.Single(await telegram.SettledUpdatesAsync(1));
        Assert.Equal((InboundStatus.Failed, body), (stored.Status, stored.Body));
        Assert.NotEmpty(stored.Reason!);
        await telegram.BeginAsync(CustomersSide.NewCustomer(), "The next one works");
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_answered_200_and_the_next_update_works()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        using var bytes = new ByteArrayContent([0xFF, 0xFE, 0x00, 0xC3, 0x28, 0x7B]);

        var answer = await server.Http.CallAsync(
            HttpMethod.Post, $"/webhooks/telegram/{telegram.Channel}", bytes, header: ("X-Telegram-Bot-Api-Secret-Token", await telegram.SecretAsync()));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        await telegram.SettledUpdatesAsync(1);
        await telegram.BeginAsync(CustomersSide.NewCustomer(), "The next one works");
    }

    [Theory]
    [InlineData("""{"update_id": 1}""")]
    [InlineData("""{"update_id": 2, "something_new": {"chat": {"id": 5}}}""")]
    [InlineData("""{"update_id": 3, "callback_query": {"id": "1", "data": "x"}}""")]
    [InlineData("""{"update_id": 4, "my_chat_member": {"chat": {"id": 5, "type": "private"}, "new_chat_member": {"status": "kicked"}}}""")]
    [InlineData("""{"update_id": 5, "edited_message": {"message_id": 404, "chat": {"id": 5, "type": "private"}, "from": {"id": 5}, "text": "never seen"}}""")]
    [InlineData("""{"update_id": 6, "message": {"message_id": 1, "chat": {"id": -100, "type": "channel"}, "text": "post"}}""")]
    [InlineData("""{"update_id": 7, "message": {"message_id": 1, "chat": {"id": 5, "type": "private"}, "from": {"id": 5}, "pinned_message": {}}}""")]
    public async Task What_is_nothing_for_an_inbox_is_kept_and_shown_to_nobody(string body)
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        await using var list = await telegram.Workspace.OpenListAsync(telegram.Owner);
        await list.DrainAsync();

        var answer = await telegram.PostUpdateAsync(body, await telegram.SecretAsync());

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.NotEqual(InboundStatus.Processed, Assert.Single(await telegram.SettledUpdatesAsync(1)).Status);
        Assert.Empty(await list.DrainAsync());
    }

    private static string? Content(System.Text.Json.JsonElement frame) =>
        frame.TryGetProperty("message", out var message) && message.TryGetProperty("content", out var content) ? content.GetString() : null;
}
