using System.Net;
using System.Text.Json;
using Fiko.FunctionalTests.Conversations;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Messaging;

public sealed class WritingNotes(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task Colleagues_see_it_among_the_messages_and_it_counts_as_none()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("sara");
        await using var chat = await workspace.OpenChatAsync(workspace.Agents[1], conversation);
        await using var list = await workspace.OpenListAsync(workspace.Agents[1]);
        await chat.NextAsync("recent_messages");
        await list.DrainAsync();

        var written = await server.DoAsync(workspace.Owner, HttpMethod.Post, $"conversations/{conversation}/notes", new { content = "She called twice" });
        await workspace.WriteAsync("sara", "Hello?");

        var heard = await chat.NextAsync("chat_message");
        Assert.Equal("type message timestamp cursor", heard.Names());
        Assert.Equal(written.At("message").GetRawText(), heard.At("message").GetRawText());
        Assert.Equal(("note", 2, workspace.Owner.Id), (heard.Text("message.type"), heard.Number("message.seq"), heard.Number("message.sender.user_id")));
        Assert.Equal(JsonValueKind.Null, heard.At("message.status").ValueKind);
        Assert.Equal("[]", heard.At("message.mentions").GetRawText());
        Assert.Equal(3, (await chat.NextAsync("chat_message")).Number("message.seq"));
        var updated = await list.NextAsync("conversation_updated");
        Assert.Equal(("message", "Hello", 1, 2), (updated.Text("reason"), updated.Text("conversation.last_message.content"), updated.Number("conversation.unread_count"), updated.Number("conversation.last_seq")));
        Assert.Equal("Hello?", (await server.ShowAsync(workspace.Owner, conversation)).Text("last_message.content"));
    }

    [Fact]
    public async Task No_customer_ever_sees_it_whatever_is_tried()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var customer = CustomersSide.NewCustomer();
        var conversation = await telegram.BeginAsync(customer);
        await using var chat = await telegram.OpenChatAsync(conversation);
        await chat.SendAsync(new { type = "note", content = "Difficult one", client_id = "note-1" });
        var note = (await chat.NextAsync("chat_message")).Text("message.id")!;
        var path = $"conversations/{conversation}/messages/{note}";

        await chat.SendAsync(new { type = "edit_message", message_id = note, content = "Very difficult one" });
        Assert.Equal("Very difficult one", (await chat.NextAsync("message_edited")).Text("message.content"));
        await server.AskAsync(telegram.Owner, HttpMethod.Post, $"{path}/retry").IsRefusedAsync(HttpStatusCode.NotFound, "message_not_found");
        await server.AskAsync(telegram.Owner, HttpMethod.Put, $"{path}/reaction", new { emoji = "👍" }).IsRefusedAsync(HttpStatusCode.NotFound, "message_not_found");
        await server.AskAsync(telegram.Owner, HttpMethod.Post, $"conversations/{conversation}/messages", new { content = "See above", reply_to = note })
            .IsRefusedAsync(HttpStatusCode.NotFound, "message_not_found", "reply_to");
        await server.AskAsync(telegram.Owner, HttpMethod.Post, $"conversations/{conversation}/messages", new { content = "Difficult one", client_id = "note-1" })
            .IsRefusedAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        await chat.SendAsync(new { type = "chat_message", content = "Difficult one", client_id = "note-1" });
        Assert.True((await chat.NextAsync("chat_message")).At("duplicate").GetBoolean());
        await server.DoAsync(telegram.Owner, HttpMethod.Delete, path);
        await server.DoAsync(telegram.Owner, HttpMethod.Post, $"conversations/{conversation}/messages", new { content = "Hello" });

        // A later answer has arrived, and is all that has.
        var seen = await telegram.Customers.SeesAsync(customer);
        Assert.Equal(["Hello", "Hello"], seen.Select(m => m.Text));
        Assert.Equal(["Hello"], await telegram.Customers.AnswersAsync(customer));
    }

    [Fact]
    public async Task It_calls_those_whom_it_names()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 4);
        var conversation = await workspace.BeginAsync("sara");
        var text = $"@agent 1 please, or @{workspace.Agents[2].Email}; not agent@Agent 0 and not @Agent 11";

        var written = await server.DoAsync(workspace.Owner, HttpMethod.Post, $"conversations/{conversation}/notes", new { content = text, mentions = new[] { workspace.Agents[3].Id } });

        Assert.Equal(
            new[] { workspace.Agents[3], workspace.Agents[1], workspace.Agents[2] }.Select(a => (a.Id, (string?)a.Name)),
            written.At("message.mentions").EnumerateArray().Select(m => (m.Number("user_id"), m.Text("username"))));
    }

    [Fact]
    public async Task Nobody_of_another_workspace_is_called()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var stranger = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("sara");

        await server.AskAsync(workspace.Owner, HttpMethod.Post, $"conversations/{conversation}/notes", new { content = "Hm", mentions = new[] { stranger.Owner.Id } })
            .IsRefusedAsync(HttpStatusCode.NotFound, "user_not_found", "mentions");

        var written = await server.DoAsync(workspace.Owner, HttpMethod.Post, $"conversations/{conversation}/notes", new { content = $"@{stranger.Owner.Email}" });
        Assert.Equal("[]", written.At("message.mentions").GetRawText());
    }

    [Fact]
    public async Task Only_its_author_changes_it()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("sara");
        var written = await server.DoAsync(workspace.Agents[1], HttpMethod.Post, $"conversations/{conversation}/notes", new { content = "Hm" });
        var path = $"conversations/{conversation}/messages/{written.Text("message.id")}";

        await server.AskAsync(workspace.Owner, HttpMethod.Patch, path, new { content = "Aha" }).IsRefusedAsync(HttpStatusCode.NotFound, "message_not_found");
        await server.AskAsync(workspace.Owner, HttpMethod.Delete, path).IsRefusedAsync(HttpStatusCode.NotFound, "message_not_found");
        var edited = await server.DoAsync(workspace.Agents[1], HttpMethod.Patch, path, new { content = "Aha, @Agent 0" });

        Assert.Equal(("Aha, @Agent 0", workspace.Owner.Id), (edited.Text("message.content"), edited.Number("message.mentions.0.user_id")));
        await server.DoAsync(workspace.Agents[1], HttpMethod.Delete, path);
        Assert.Equal("", (await server.DoAsync(workspace.Owner, HttpMethod.Get, path)).Text("message.content"));
    }

    [Fact]
    public async Task The_same_key_is_the_same_note()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("sara");
        var path = $"conversations/{conversation}/notes";

        var first = await server.AskAsync(workspace.Owner, HttpMethod.Post, path, new { content = "Hm" }, ("Idempotency-Key", "n1"));
        var again = await server.AskAsync(workspace.Owner, HttpMethod.Post, path, new { content = "Hm" }, ("Idempotency-Key", "n1"));

        Assert.Equal((HttpStatusCode.Created, first.Text), (again.Status, again.Text));
        await server.AskAsync(workspace.Owner, HttpMethod.Post, path, new { content = "Oh" }, ("Idempotency-Key", "n1")).IsRefusedAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        await server.AskAsync(workspace.Owner, HttpMethod.Post, path, new { content = " " }).IsRefusedAsync(HttpStatusCode.BadRequest, "message_empty", "content");
        await server.AskAsync(workspace.Owner, HttpMethod.Post, path, new { content = new string('x', 4097) }).IsRefusedAsync(HttpStatusCode.BadRequest, "message_too_long", "content");
    }
}
