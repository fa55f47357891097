using System.Net;
using Fiko.FunctionalTests.Conversations;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Messaging;

/// <summary>A server that shows what it sends soon, and tries again late.</summary>
public sealed class ImpatientServer : FikoServer
{
    public ImpatientServer()
    {
        Settings["Delivery:InlineWait"] = "00:00:00.500";
        Settings["Delivery:Backoff"] = "00:00:05";
    }
}

public sealed class SendingOverRest(ImpatientServer server) : IClassFixture<ImpatientServer>
{
    [Fact]
    public async Task The_answer_says_what_the_platform_said_and_the_chat_hears_of_it()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var customer = CustomersSide.NewCustomer();
        var conversation = await telegram.BeginAsync(customer);
        await using var chat = await telegram.OpenChatAsync(conversation, telegram.Workspace.Agents[1]);

        var answer = await SendAsync(telegram, conversation, new { content = " It is on its way. " });

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal("message external_send_result", answer.Json.Names());
        Assert.Equal(("It is on its way.", "sent", "support"), (answer.Json.Text("message.content"), answer.Json.Text("message.status"), answer.Json.Text("message.type")));
        Assert.Equal("""{"success":true,"platform":"telegram"}""", answer.Json.At("external_send_result").GetRawText());
        Assert.Equal(answer.Json.At("message").GetRawText(), (await chat.NextAsync("chat_message")).At("message").GetRawText());
        Assert.Equal(["It is on its way."], await telegram.Customers.AnswersAsync(customer));
    }

    [Fact]
    public async Task A_refusal_of_the_platform_is_an_outcome()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var conversation = await telegram.BeginAsync(CustomersSide.NewCustomer());
        await telegram.Customers.FailNextAsync("blocked");

        var answer = await SendAsync(telegram, conversation, new { content = "Hello" });

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal("failed", answer.Json.Text("message.status"));
        Assert.False(answer.Json.At("external_send_result.success").GetBoolean());

        var retried = await server.DoAsync(telegram.Owner, HttpMethod.Post, $"conversations/{conversation}/messages/{answer.Json.Text("message.id")}/retry");
        Assert.Contains(retried.Text("message.status"), (string[])["pending", "sent"]);
    }

    [Fact]
    public async Task What_takes_too_long_is_answered_as_pending()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var conversation = await telegram.BeginAsync(CustomersSide.NewCustomer());
        await using var chat = await telegram.OpenChatAsync(conversation);
        await telegram.Customers.FailNextAsync("server_error");

        var answer = await SendAsync(telegram, conversation, new { content = "slow" });

        Assert.Equal("""{"success":false,"platform":"telegram","pending":true}""", answer.Json.At("external_send_result").GetRawText());
        Assert.Equal(("pending", 2), (answer.Json.Text("message.status"), answer.Json.Number("message.seq")));
        Assert.Equal("sent", (await chat.NextAsync("message_status")).Text("status"));
    }

    [Fact]
    public async Task The_same_key_is_the_same_answer_and_nothing_is_sent_twice()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var customer = CustomersSide.NewCustomer();
        var conversation = await telegram.BeginAsync(customer);

        var all = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => SendAsync(telegram, conversation, new { content = "once" }, "key-1")));
        var later = await SendAsync(telegram, conversation, new { content = "once" }, "key-1");

        Assert.All(all, a => Assert.Equal((HttpStatusCode.Created, later.Text), (a.Status, a.Text)));
        Assert.Equal("key-1", later.Json.Text("message.client_id"));
        Assert.Equal(["once"], await telegram.Customers.AnswersAsync(customer));
    }

    [Theory]
    [InlineData("""{"content":"something else"}""")]
    [InlineData("""{"content":"once","reply_to":"msg_RECEIVED"}""")]
    public async Task The_same_key_for_something_else_is_a_mistake(string body)
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var customer = CustomersSide.NewCustomer();
        var conversation = await telegram.BeginAsync(customer);
        await SendAsync(telegram, conversation, new { content = "once" }, "key-1");
        var received = (await telegram.ReadChatAsync(conversation))[0].Text("id")!;

        await server.AskAsync(telegram.Owner, HttpMethod.Post, $"conversations/{conversation}/messages", Json(body.Replace("msg_RECEIVED", received, StringComparison.Ordinal)), ("Idempotency-Key", "key-1"))
            .IsRefusedAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");

        Assert.Equal(["once"], await telegram.Customers.AnswersAsync(customer));
    }

    [Fact]
    public async Task A_key_is_a_client_id_over_a_socket_and_the_other_way_round()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("sara");
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, conversation);
        await chat.SendAsync(new { type = "chat_message", content = "once", client_id = "key-1" });
        var sent = await chat.NextAsync("chat_message");

        var answer = await server.AskAsync(workspace.Owner, HttpMethod.Post, $"conversations/{conversation}/messages", new { content = "once" }, ("Idempotency-Key", "key-1"));

        Assert.Equal((HttpStatusCode.Created, sent.Text("message.id")), (answer.Status, answer.Json.Text("message.id")));
        Assert.Empty(await chat.DrainAsync());
    }

    [Theory]
    [InlineData("""{}""", null, "message_empty", "content")]
    [InlineData("""{"content":" "}""", null, "message_empty", "content")]
    [InlineData("""{"content":"a","reply_to":"1"}""", null, "invalid_field", "reply_to")]
    [InlineData("""{"content":"a","client_id":"a b"}""", null, "invalid_field", "client_id")]
    [InlineData("""{"content":"a","attachments":["1"]}""", null, "invalid_field", "attachments")]
    [InlineData("""{"content":"a"}""", "no key", "invalid_field", "Idempotency-Key")]
    [InlineData("""{"content":"a","client_id":"one"}""", "two", "invalid_field", "Idempotency-Key")]
    [InlineData("""{"content":5}""", null, "invalid_field", "content")]
    public async Task What_can_not_be_sent_is_refused_by_name(string body, string? key, string code, string field)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("sara");

        await server.AskAsync(workspace.Owner, HttpMethod.Post, $"conversations/{conversation}/messages", Json(body), key is null ? null : ("Idempotency-Key", key))
            .IsRefusedAsync(HttpStatusCode.BadRequest, code, field);

        Assert.Equal(1, (await server.ShowAsync(workspace.Owner, conversation)).Number("last_seq"));
    }

    [Fact]
    public async Task A_message_is_edited_reacted_to_and_taken_back()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var customer = CustomersSide.NewCustomer();
        var conversation = await telegram.BeginAsync(customer);
        var sent = await SendAsync(telegram, conversation, new { content = "Hello" });
        var path = $"conversations/{conversation}/messages/{sent.Json.Text("message.id")}";
        await using var chat = await telegram.OpenChatAsync(conversation, telegram.Workspace.Agents[1]);

        var edited = await server.DoAsync(telegram.Owner, HttpMethod.Patch, path, new { content = "Hello there" });
        var reacted = await server.DoAsync(telegram.Owner, HttpMethod.Put, $"{path}/reaction", new { emoji = "👍" });
        await server.DoAsync(telegram.Owner, HttpMethod.Delete, path);

        Assert.Equal("Hello there", edited.Text("message.content"));
        Assert.Equal("👍", reacted.Text("message.reactions.0.emoji"));
        Assert.Equal("", (await server.DoAsync(telegram.Owner, HttpMethod.Get, path)).Text("message.content"));
        Assert.Equal(["message_edited", "message_reaction", "message_deleted"], (await chat.DrainAsync()).Select(FikoSocket.TypeOf));
        await server.AskAsync(telegram.Workspace.Agents[1], HttpMethod.Patch, path, new { content = "Mine" }).IsRefusedAsync(HttpStatusCode.NotFound, "message_not_found");
        await server.AskAsync(telegram.Owner, HttpMethod.Delete, $"conversations/{conversation}/messages/5").IsRefusedAsync(HttpStatusCode.NotFound, "message_not_found");
    }

    [Fact]
    public async Task The_history_is_read_in_pages()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("sara", "1");
        foreach (var text in (string[])["2", "3", "4"])
        {
            await workspace.WriteAsync("sara", text);
        }

        Assert.Equal("2 3 more", await PageAsync(workspace, conversation, "before=4&limit=2"));
        Assert.Equal("3 4", await PageAsync(workspace, conversation, "after=2"));
        Assert.Equal("1 2 3 4", await PageAsync(workspace, conversation, ""));
        await server.AskAsync(workspace.Owner, HttpMethod.Get, $"conversations/{conversation}/messages?before=3&after=1").IsRefusedAsync(HttpStatusCode.BadRequest, "invalid_field", "after");
        await server.AskAsync(workspace.Owner, HttpMethod.Get, $"conversations/{conversation}/messages?limit=501").IsRefusedAsync(HttpStatusCode.BadRequest, "invalid_field", "limit");
    }

    [Fact]
    public async Task Marking_read_up_to_a_message_leaves_the_later_ones()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("sara", "1");
        await workspace.WriteAsync("sara", "2");
        var first = (await server.DoAsync(workspace.Owner, HttpMethod.Get, $"conversations/{conversation}/messages")).Text("items.0.id");

        var shown = await server.DoAsync(workspace.Owner, HttpMethod.Post, $"conversations/{conversation}/read", new { up_to = first });

        Assert.Equal((1, 1), (shown.Number("unread_count"), shown.Number("read_by.0.up_to_seq")));
        await server.AskAsync(workspace.Owner, HttpMethod.Post, $"conversations/{conversation}/read", new { up_to = "msg_999999999" }).IsRefusedAsync(HttpStatusCode.NotFound, "message_not_found");
    }

    private async Task<string> PageAsync(TestWorkspace workspace, string conversation, string query)
    {
        var page = await server.DoAsync(workspace.Owner, HttpMethod.Get, $"conversations/{conversation}/messages?{query}");
        return string.Join(' ', page.At("items").EnumerateArray().Select(m => m.Text("content")).Concat(page.At("has_more").GetBoolean() ? ["more"] : []));
    }

    private Task<RestAnswer> SendAsync(TelegramWorkspace telegram, string conversation, object body, string? key = null) =>
        server.AskAsync(telegram.Owner, HttpMethod.Post, $"conversations/{conversation}/messages", body, key is null ? null : ("Idempotency-Key", key));

    private static StringContent Json(string body) => new(body, System.Text.Encoding.UTF8, "application/json");
}
