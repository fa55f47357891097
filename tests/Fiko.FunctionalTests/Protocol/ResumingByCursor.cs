using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Protocol;

public sealed class ResumingByCursor(BusyServer server) : IClassFixture<BusyServer>
{
    [Fact]
    public async Task A_chat_gets_resumed_then_what_it_missed_then_what_comes()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("sara", "1");
        var cursor = await CursorAsync(workspace, conversation);
        await workspace.WriteAsync("reza", "not for this chat");
        await workspace.WriteAsync("sara", "2");
        await workspace.WriteAsync("sara", "3");

        await using var chat = await workspace.OpenChatAsync(workspace.Owner, conversation, $"&cursor={cursor}");
        await chat.DrainAsync();
        await workspace.WriteAsync("sara", "4");
        await chat.NextAsync("chat_message");

        Assert.Equal(["resumed", "chat_message", "chat_message", "pong", "chat_message"], chat.Heard.Select(FikoSocket.TypeOf));
        Assert.Equal("type recovered cursor", chat.Heard[0].Names());
        Assert.True(chat.Heard[0].At("recovered").GetBoolean());
        Assert.Equal(["2", "3", "4"], chat.Heard.Where(f => f.IsA("chat_message")).Select(f => f.Text("message.content")));
    }

    [Fact]
    public async Task A_missed_frame_is_the_frame_that_was_told_live()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("sara", "1");
        await using var live = await workspace.OpenChatAsync(workspace.Owner, conversation);
        await using var liveList = await workspace.OpenListAsync(workspace.Owner);
        var cursor = (await live.NextAsync("recent_messages")).Text("cursor");
        await live.SendAsync(new { type = "chat_message", content = "Hi", client_id = "c" });
        await live.NextAsync("chat_message");
        await live.SendAsync(new { type = "mark_read" });
        await live.NextAsync("messages_read");
        await liveList.DrainAsync();

        await using var chat = await workspace.OpenChatAsync(workspace.Owner, conversation, $"&cursor={cursor}");
        await using var list = await workspace.OpenListAsync(workspace.Owner, $"&cursor={cursor}");
        await chat.DrainAsync();
        await list.DrainAsync();

        Assert.Equal(live.Heard.Skip(1).Select(f => f.GetRawText()), chat.Heard.Skip(1).SkipLast(1).Select(f => f.GetRawText()));
        Assert.Equal(["resumed", "conversation_updated", "conversation_updated", "pong"], list.Heard.Select(FikoSocket.TypeOf));
        Assert.Equal(liveList.Heard.SkipLast(1).Select(f => f.Text("cursor")), list.Heard.Skip(1).SkipLast(1).Select(f => f.Text("cursor")));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("garbage.1")]
    [InlineData("FOREIGN")]
    [InlineData("FUTURE")]
    [InlineData("سلام")]
    [InlineData("OWN.1")]
    [InlineData("%00")]
    public async Task A_cursor_of_no_use_is_not_recovered_and_the_socket_goes_on_as_a_fresh_one(string kind)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("sara", "1");
        var own = await CursorAsync(workspace, conversation);
        var elsewhere = await TestWorkspace.CreateAsync(server, agents: 1);
        var cursor = kind switch
        {
            "FOREIGN" => await CursorAsync(elsewhere, await elsewhere.BeginAsync("sara")),
            "FUTURE" => $"{own[..own.IndexOf('.', StringComparison.Ordinal)]}.ffff",
            "OWN.1" => $"{own}.1",
            _ => Uri.EscapeDataString(Uri.UnescapeDataString(kind)),
        };

        await using var chat = await workspace.OpenChatAsync(workspace.Owner, conversation, $"&cursor={cursor}");
        await using var list = await workspace.OpenListAsync(workspace.Owner, $"&cursor={cursor}");

        await chat.DrainAsync();
        Assert.Equal(["resumed", "recent_messages", "pong"], chat.Heard.Select(FikoSocket.TypeOf));
        Assert.False(chat.Heard[0].At("recovered").GetBoolean());
        await list.DrainAsync();
        Assert.Equal(["resumed", "pong"], list.Heard.Select(FikoSocket.TypeOf));
        Assert.False(list.Heard[0].At("recovered").GetBoolean());
        await list.SendAsync(new { type = "get_conversations" });
        Assert.Equal(1, (await list.NextAsync("conversations_list")).Number("total"));
    }

    [Fact]
    public async Task A_thousand_missed_frames_are_recovered_however_long_and_one_more_is_not()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("sara", "1");
        var cursor = await CursorAsync(workspace, conversation);
        var longest = string.Concat(Enumerable.Repeat("سلام", 1024));
        await Parallel.ForAsync(0, 1000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) => await workspace.WriteAsync("sara", longest));

        await using var chat = await workspace.OpenChatAsync(workspace.Owner, conversation, $"&cursor={cursor}");
        await using var list = await workspace.OpenListAsync(workspace.Owner, $"&cursor={cursor}");
        var missed = await chat.DrainAsync();
        var missedList = await list.DrainAsync();
        await workspace.WriteAsync("sara", "one more");
        await using var later = await workspace.OpenChatAsync(workspace.Owner, conversation, $"&cursor={cursor}");
        await using var laterList = await workspace.OpenListAsync(workspace.Owner, $"&cursor={cursor}");

        Assert.True(chat.Heard[0].At("recovered").GetBoolean());
        Assert.Equal(Enumerable.Range(2, 1000), missed.Where(f => f.IsA("chat_message")).Select(f => f.At("message.seq").GetInt32()));
        Assert.Equal(Enumerable.Range(2, 1000), missedList.Where(f => f.IsA("new_customer_message")).Select(f => f.At("message.seq").GetInt32()));
        Assert.False((await later.NextAsync("resumed")).At("recovered").GetBoolean());
        Assert.False((await laterList.NextAsync("resumed")).At("recovered").GetBoolean());
        Assert.Equal("one more", (await later.NextAsync("recent_messages")).Contents().Last());
    }

    [Fact]
    public async Task The_newest_cursor_misses_nothing()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("sara");
        var cursor = await CursorAsync(workspace, conversation);

        await using var chat = await workspace.OpenChatAsync(workspace.Owner, conversation, $"&cursor={cursor}");

        await chat.DrainAsync();
        Assert.Equal(["resumed", "pong"], chat.Heard.Select(FikoSocket.TypeOf));
        Assert.All(chat.Heard, f => Assert.Equal(cursor, f.Text("cursor")));
    }

    private static async Task<string> CursorAsync(TestWorkspace workspace, string conversation)
    {
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, conversation);
        return (await chat.NextAsync("recent_messages")).Text("cursor")!;
    }
}

public sealed class ResumingAfterARestart(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task A_cursor_is_good_on_the_next_server_and_1001_says_come_back()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("sara", "1");
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, conversation);
        await using var list = await workspace.OpenListAsync(workspace.Owner);
        var (chatCursor, listCursor) = ((await chat.NextAsync("recent_messages")).Text("cursor"), "");
        await list.SendAsync(new { type = "ping" });
        listCursor = (await list.NextAsync("pong")).Text("cursor");
        await workspace.WriteAsync("sara", "2");

        await server.RestartAsync();
        await workspace.WriteAsync("sara", "3");

        Assert.Equal((1001, 1001), (await chat.ClosedAsync(), await list.ClosedAsync()));
        await using var chatAgain = await workspace.OpenChatAsync(workspace.Owner, conversation, $"&cursor={chatCursor}");
        await using var listAgain = await workspace.OpenListAsync(workspace.Owner, $"&cursor={listCursor}");
        await chatAgain.DrainAsync();
        await listAgain.DrainAsync();
        Assert.Equal(["resumed", "chat_message", "chat_message", "pong"], chatAgain.Heard.Select(FikoSocket.TypeOf));
        Assert.Equal(["resumed", "new_customer_message", "new_customer_message", "pong"], listAgain.Heard.Select(FikoSocket.TypeOf));
        Assert.Equal(["2", "3"], chatAgain.Heard.Where(f => f.IsA("chat_message")).Select(f => f.Text("message.content")));
    }
}
