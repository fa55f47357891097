using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Protocol;

public sealed class ReadingAChat(BusyServer server) : IClassFixture<BusyServer>
{
    [Fact]
    public async Task Recent_messages_come_first_with_v1s_fields_and_the_additions()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("sara", "سلام");

        await using var chat = await workspace.OpenChatAsync(workspace.Owner, conversation);

        var frame = await chat.NextAsync();
        Assert.Equal("type messages timestamp has_more cursor", frame.Names());
        Assert.Equal("recent_messages", frame.Text("type"));
        var message = frame.At("messages.0");

        // The last two are beyond protocol.md: when a tombstone was made, and what a placeholder stands for.
        Assert.Equal(
            "id content type customer created_at seq conversation_id client_id sender status attachments reply_to edited_at deleted_at kind caption reactions",
            message.Names());
        Assert.Equal("first_name last_name", message.At("customer").Names());
        Assert.Equal(("سلام", "customer", 1, conversation), (message.Text("content"), message.Text("type"), message.Number("seq"), message.Text("conversation_id")));
        Assert.Matches("^msg_[1-9][0-9]*$", message.Text("id"));
        Assert.Equal((null, null, null, null), (message.Text("client_id"), message.Text("status"), message.Text("reply_to"), message.Text("edited_at")));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, message.At("sender").ValueKind);
        Assert.Empty(await chat.DrainAsync());
    }

    [Theory]
    [InlineData(50, 1, false)]
    [InlineData(51, 2, true)]
    [InlineData(120, 71, true)]
    public async Task At_most_50_recent_messages_are_shown_oldest_first(int written, int first, bool hasMore)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await WriteAsync(workspace, written);

        await using var chat = await workspace.OpenChatAsync(workspace.Owner, conversation);

        var frame = await chat.NextAsync();
        Assert.Equal(Enumerable.Range(first, written - first + 1).Select(n => $"{n}"), frame.Contents());
        Assert.Equal(hasMore, frame.At("has_more").GetBoolean());
    }

    [Theory]
    [InlineData("{}", 71, 120, true)]
    [InlineData("""{"before":null,"after":null,"limit":null}""", 71, 120, true)]
    [InlineData("""{"before":71}""", 21, 70, true)]
    [InlineData("""{"before":21}""", 1, 20, false)]
    [InlineData("""{"before":51,"limit":50}""", 1, 50, false)]
    [InlineData("""{"before":1}""", 1, 0, false)]
    [InlineData("""{"before":9000000000000000000,"limit":1}""", 120, 120, true)]
    [InlineData("""{"after":0,"limit":3}""", 1, 3, true)]
    [InlineData("""{"after":117,"limit":3}""", 118, 120, false)]
    [InlineData("""{"after":120}""", 1, 0, false)]
    [InlineData("""{"limit":200}""", 1, 120, false)]
    public async Task A_page_of_the_history_is_read_from_either_side(string fields, int first, int last, bool hasMore)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, await WriteAsync(workspace, 120));
        await chat.NextAsync("recent_messages");

        await chat.SendTextAsync(fields == "{}" ? """{"type":"get_messages"}""" : fields.Insert(1, "\"type\":\"get_messages\","));

        var frame = await chat.NextAsync();
        Assert.Equal("conversation_id messages has_more before after timestamp".Split(' ').Append("type").Order(), frame.Names().Split(' ').Order());
        Assert.Equal("message_history", frame.Text("type"));
        Assert.Equal(Enumerable.Range(first, last - first + 1).Select(n => $"{n}"), frame.Contents());
        Assert.Equal(hasMore, frame.At("has_more").GetBoolean());
        foreach (var side in new[] { "before", "after" })
        {
            var asked = System.Text.Json.JsonDocument.Parse(fields).RootElement.TryGetProperty(side, out var value) ? value.GetRawText() : "null";
            Assert.Equal(asked, frame.At(side).GetRawText());
        }
    }

    [Fact]
    public async Task History_has_the_messages_exactly_as_they_were_told()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("sara");
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, conversation);
        var recent = await chat.NextAsync();
        await chat.SendAsync(new { type = "chat_message", content = "Hi", client_id = "c1", reply_to = recent.Text("messages.0.id") });
        var told = await chat.NextAsync();

        await chat.SendAsync(new { type = "get_messages" });
        var history = await chat.NextAsync();
        await using var again = await workspace.OpenChatAsync(workspace.Owner, conversation);

        Assert.Equal(told.At("message").GetRawText(), history.At("messages.1").GetRawText());
        Assert.Equal(history.At("messages").GetRawText(), (await again.NextAsync()).At("messages").GetRawText());
    }

    private static async Task<string> WriteAsync(TestWorkspace workspace, int messages)
    {
        var conversation = await workspace.BeginAsync("sara", "1");
        for (var n = 2; n <= messages; n++)
        {
            await workspace.WriteAsync("sara", $"{n}");
        }

        return conversation;
    }
}
