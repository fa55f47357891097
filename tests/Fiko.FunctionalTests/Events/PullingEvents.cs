using System.Net;
using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Events;

public sealed class PullingEvents(FikoServer server) : IClassFixture<FikoServer>, IAsyncLifetime
{
    private TestWorkspace _workspace = null!;
    private string _conversation = "";

    public async ValueTask InitializeAsync()
    {
        _workspace = await TestWorkspace.CreateAsync(server);
        _conversation = await _workspace.BeginAsync("negar", "سلام 👋");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_event_comes_with_what_is_true_now()
    {
        var page = await server.PullAsync(_workspace.Owner, "after=beginning");

        var item = Assert.Single(page.Items());
        Assert.Equal("cursor type occurred_at conversation_id message_id facts conversation message", item.Names());
        Assert.Equal(("message_received", _conversation), (item.Text("type"), item.Text("conversation_id")));
        Assert.Equal("""{"quietly":false}""", item.At("facts").GetRawText());
        Assert.Equal(("سلام 👋", item.Text("message_id")), (item.Text("message.content"), item.Text("message.id")));
        Assert.Equal((1, _conversation), (item.Number("conversation.unread_count"), item.Text("conversation.id")));
        Assert.Equal(item.Text("cursor"), page.Text("next_cursor"));
        Assert.False(page.At("has_more").GetBoolean());
    }

    [Fact]
    public async Task The_cursor_is_that_of_the_sockets()
    {
        await using var list = await _workspace.OpenListAsync(_workspace.Owner);
        await list.DrainAsync();
        await _workspace.WriteAsync("negar", "again");
        var heard = await list.NextAsync("new_customer_message");

        var page = await server.PullAsync(_workspace.Owner, "after=beginning");
        await using var resumed = await _workspace.OpenListAsync(_workspace.Owner, $"&cursor={page.Text("next_cursor")}");

        Assert.Equal(heard.Text("cursor"), page.Items()[^1].Text("cursor"));
        Assert.True((await resumed.NextAsync("resumed")).At("recovered").GetBoolean());
        Assert.Empty(await resumed.DrainAsync());
    }

    [Fact]
    public async Task Without_a_cursor_it_begins_now()
    {
        var now = await server.PullAsync(_workspace.Owner);
        await _workspace.WriteAsync("negar", "later");

        var page = await server.PullAsync(_workspace.Owner, now.Next());

        Assert.Empty(now.Items());
        Assert.Equal(["later"], page.Items().Select(i => i.Text("message.content")));
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_double()
    {
        for (var n = 2; n <= 9; n++)
        {
            await _workspace.WriteAsync("negar", $"{n}");
        }

        var heard = new List<JsonElement>();
        var next = "after=beginning";
        JsonElement page;
        do
        {
            page = await server.PullAsync(_workspace.Owner, $"{next}&limit=2");
            Assert.InRange(page.Items().Length, 0, 2);
            heard.AddRange(page.Items());
            next = page.Next();
        }
        while (page.At("has_more").GetBoolean());

        Assert.Equal(["سلام 👋", .. Enumerable.Range(2, 8).Select(n => $"{n}")], heard.Select(i => i.Text("message.content")));
        Assert.Equal(heard.Select(i => Mirror.PositionOf(i.Text("cursor")!)), Enumerable.Range(1, 9).Select(n => (long)n));
    }

    [Fact]
    public async Task Only_the_wanted_types_come_and_the_cursor_passes_the_others()
    {
        await using (var chat = await _workspace.OpenChatAsync(_workspace.Owner, _conversation))
        {
            await chat.SendAsync(new { type = "mark_read" });
            await chat.NextAsync("messages_read");
        }

        var read = await server.PullAsync(_workspace.Owner, "after=beginning&types=conversation_read");
        var both = await server.PullAsync(_workspace.Owner, "after=beginning&types=conversation_read,message_received");
        var repeated = await server.PullAsync(_workspace.Owner, "after=beginning&types=conversation_read&types=message_received");
        var none = await server.PullAsync(_workspace.Owner, "after=beginning&types=customer_changed");

        Assert.Equal(["conversation_read"], read.Types());
        Assert.Equal((_workspace.Owner.Id, 1), (read.Number("items.0.facts.user_id"), read.Number("items.0.facts.up_to_seq")));
        Assert.DoesNotContain("message_id", read.At("items.0").Names().Split(' '));
        Assert.Equal(JsonValueKind.Null, read.At("items.0.message").ValueKind);
        Assert.Equal(["message_received", "conversation_read"], both.Types());
        Assert.Equal(both.GetRawText(), repeated.GetRawText());
        Assert.Equal(both.Text("next_cursor"), none.Text("next_cursor"));
        Assert.False(none.At("has_more").GetBoolean());
    }

    [Fact]
    public async Task What_was_erased_since_is_gone_from_events_that_told_of_it()
    {
        await using (var chat = await _workspace.OpenChatAsync(_workspace.Owner, _conversation))
        {
            await chat.SendAsync(new { type = "chat_message", content = "a slip" });
            var id = (await chat.NextAsync("chat_message")).Text("message.id");
            await chat.SendAsync(new { type = "delete_message", message_id = id });
            await chat.NextAsync("message_deleted");
        }

        var page = await server.PullAsync(_workspace.Owner, "after=beginning");

        Assert.DoesNotContain("a slip", page.GetRawText(), StringComparison.Ordinal);
        var published = page.Items().First(i => i.Text("type") == "message_published");
        Assert.Equal("", published.Text("message.content"));
        Assert.True(published.At("external_send_result.success").GetBoolean());
        Assert.NotNull(published.Text("message.deleted_at"));
    }

    [Theory]
    [InlineData("after=nonsense", "after")]
    [InlineData("after=", "after")]
    [InlineData("after=0", "after")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("limit=many", "limit")]
    [InlineData("wait=31", "wait")]
    [InlineData("wait=-1", "wait")]
    [InlineData("wait=soon", "wait")]
    [InlineData("types=message_recieved", "types")]
    [InlineData("types=", "types")]
    [InlineData("type=message_received", "type")]
    public async Task What_can_not_be_understood_is_refused_by_name(string query, string field)
    {
        using var answer = await server.AskAsync(_workspace.Owner, query);

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_field");
        Assert.Contains(field, problem.At("errors").Names(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cursor_of_another_log_or_from_the_future_is_refused()
    {
        var other = await TestWorkspace.CreateAsync(server);
        await other.BeginAsync("reza");
        var foreign = (await server.PullAsync(other.Owner)).Next();
        var future = (await server.PullAsync(_workspace.Owner)).Next().Replace(".1", ".2", StringComparison.Ordinal);

        foreach (var query in (string[])[foreign, future])
        {
            using var answer = await server.AskAsync(_workspace.Owner, query);
            await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_field");
        }
    }

    [Fact]
    public async Task Another_workspace_is_not_in_it()
    {
        var other = await TestWorkspace.CreateAsync(server);

        var page = await server.PullAsync(other.Owner, "after=beginning");

        Assert.Empty(page.Items());
    }

    [Fact]
    public async Task It_is_for_owners_and_admins()
    {
        using var agent = await server.AskAsync(_workspace.Agents[1]);
        using var nobody = await server.GetAsync("/api/v1/events");
        var admin = await server.PromoteAsync(_workspace.Agents[1]);

        await agent.ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await nobody.ProblemAsync(HttpStatusCode.Unauthorized, "auth_required");
        Assert.Single((await server.PullAsync(admin, "after=beginning")).Items());
    }
}
