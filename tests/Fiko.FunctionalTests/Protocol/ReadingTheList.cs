using System.Text.RegularExpressions;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Protocol;

public sealed partial class ReadingTheList(FikoServer server) : IClassFixture<FikoServer>
{
    private const string Summary = "id title source status customer last_message unread_count created_at updated_at assigned_to priority tags last_seq reply_until unreachable_since";

    [Theory]
    [InlineData("get_conversations")]
    [InlineData("refresh_conversations")]
    public async Task The_list_has_v1s_fields_and_the_additions(string type)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("رضایی", "سلام");
        await using var list = await workspace.OpenListAsync(workspace.Owner);

        await list.SendAsync(new { type });

        var frame = await list.NextAsync();
        Assert.Equal("type conversations timestamp has_more next_page total cursor", frame.Names());
        Assert.Equal("conversations_list", frame.Text("type"));
        Assert.Equal((false, (string?)null, 1), (frame.At("has_more").GetBoolean(), frame.Text("next_page"), frame.At("total").GetInt32()));
        var summary = frame.At("conversations.0");
        Assert.Equal(Summary, summary.Names());
        Assert.Equal("id first_name last_name source username avatar_url", summary.At("customer").Names());
        Assert.Equal(["content", "created_at", "id", "type"], summary.At("last_message").Names().Split(' ').Order());
        Assert.Equal((conversation, "api - Customer رضایی", "api", "active"), (summary.Text("id"), summary.Text("title"), summary.Text("source"), summary.Text("status")));
        Assert.Equal(("Customer", "رضایی", "api", null), (summary.Text("customer.first_name"), summary.Text("customer.last_name"), summary.Text("customer.source"), summary.Text("customer.username")));
        Assert.Equal(("سلام", "customer"), (summary.Text("last_message.content"), summary.Text("last_message.type")));
        Assert.Matches("^msg_[1-9][0-9]*$", summary.Text("last_message.id"));
        Assert.Equal((1, 1), (summary.Number("unread_count"), summary.Number("last_seq")));
        Assert.Equal("""{"a":null,"t":[],"p":2}""", $$"""{"a":{{summary.At("assigned_to").GetRawText()}},"t":{{summary.At("tags").GetRawText()}},"p":{{summary.At("priority").GetRawText()}}}""");
        foreach (var time in new[] { frame.Text("timestamp"), summary.Text("created_at"), summary.Text("updated_at"), summary.Text("last_message.created_at") })
        {
            Assert.Matches(Milliseconds(), time);
        }
    }

    [Fact]
    public async Task An_empty_list_is_a_list()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await using var list = await workspace.OpenListAsync(workspace.Owner);

        await list.SendAsync(new { type = "get_conversations" });

        var frame = await list.NextAsync();
        Assert.Equal((0, 0, false), (frame.At("conversations").GetArrayLength(), frame.At("total").GetInt32(), frame.At("has_more").GetBoolean()));
        Assert.NotEmpty(frame.Text("cursor")!);
    }

    [Fact]
    public async Task A_customers_message_is_announced_with_the_summary()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await using var list = await workspace.OpenListAsync(workspace.Owner);
        await list.DrainAsync();

        await workspace.WriteAsync("sara", "سلام");

        var frame = await list.NextAsync();
        Assert.Equal("type conversation_id message conversation timestamp cursor", frame.Names());
        Assert.Equal("new_customer_message", frame.Text("type"));
        Assert.Equal("id content type created_at seq attachments", frame.At("message").Names());
        Assert.Equal(("سلام", "customer", 1), (frame.Text("message.content"), frame.Text("message.type"), frame.Number("message.seq")));
        Assert.Equal(Summary, frame.At("conversation").Names());
        Assert.Equal(frame.Text("conversation_id"), frame.Text("conversation.id"));
        Assert.Equal(frame.Text("message.id"), frame.Text("conversation.last_message.id"));
    }

    [Fact]
    public async Task An_answer_and_a_reading_update_the_conversation_for_every_list()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("sara");
        await using var first = await workspace.OpenListAsync(workspace.Owner);
        await using var second = await workspace.OpenListAsync(workspace.Agents[1]);
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, conversation);
        await first.DrainAsync();
        await second.DrainAsync();

        await chat.SendAsync(new { type = "chat_message", content = "Hello" });
        await chat.SendAsync(new { type = "mark_read" });

        foreach (var list in new[] { first, second })
        {
            var (answered, read) = (await list.NextAsync(), await list.NextAsync());
            Assert.Equal("type conversation_id conversation reason timestamp cursor", answered.Names());
            Assert.Equal(("conversation_updated", "message", conversation), (answered.Text("type"), answered.Text("reason"), answered.Text("conversation_id")));
            Assert.Equal((2, "support"), (answered.Number("conversation.last_seq"), answered.Text("conversation.last_message.type")));
            Assert.Equal(("conversation_updated", "read", 0), (read.Text("type"), read.Text("reason"), read.Number("conversation.unread_count")));
            Assert.Empty(await list.DrainAsync());
        }
    }

    [Fact]
    public async Task A_new_name_of_the_customer_updates_the_conversation()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await workspace.BeginAsync("sara");
        await using var list = await workspace.OpenListAsync(workspace.Owner);
        await list.DrainAsync();

        await workspace.WriteAsync("sara", "again", firstName: "Sara");

        var updated = await list.NextAsync("conversation_updated");
        Assert.Equal(("customer", "api - Sara sara"), (updated.Text("reason"), updated.Text("conversation.title")));
    }

    [Fact]
    public async Task Cursors_rise_with_each_durable_frame_and_pong_has_the_newest()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await using var list = await workspace.OpenListAsync(workspace.Owner);
        await list.SendAsync(new { type = "get_conversations" });
        var empty = await list.NextAsync();

        await workspace.WriteAsync("sara", "one");
        await workspace.WriteAsync("sara", "two");

        var (one, two) = (await list.NextAsync(), await list.NextAsync());
        await list.SendAsync(new { type = "ping" });
        var pong = await list.NextAsync();
        await list.SendAsync(new { type = "refresh_conversations" });
        var refreshed = await list.NextAsync();
        long[] positions = [.. new[] { empty, one, two }.Select(f => Mirror.PositionOf(f.Text("cursor")!))];
        Assert.Equal(positions.Order().Distinct(), positions);
        Assert.Equal("type cursor timestamp", pong.Names());
        Assert.Equal(two.Text("cursor"), pong.Text("cursor"));
        Assert.Equal(two.Text("cursor"), refreshed.Text("cursor"));
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\z")]
    private static partial Regex Milliseconds();
}
