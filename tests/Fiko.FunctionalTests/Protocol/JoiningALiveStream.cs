using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Protocol;

public sealed class JoiningALiveStream(BusyServer server) : IClassFixture<BusyServer>
{
    private const int Messages = 200;

    [Fact]
    public async Task A_chat_opened_while_messages_stream_in_loses_and_doubles_nothing()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("sara");
        var stream = StreamAsync(workspace, "sara");

        var chats = new List<FikoSocket>();
        while (!stream.IsCompleted && chats.Count < 40)
        {
            chats.Add(await workspace.OpenChatAsync(workspace.Owner, conversation));
        }

        await stream;
        var fresh = await FreshRead.ChatAsync(workspace, workspace.Owner, conversation);
        foreach (var chat in chats)
        {
            await chat.DrainAsync();
            var mirror = new Mirror().Apply(chat.Heard);
            await chat.SendAsync(new { type = "get_messages", limit = 200, before = mirror.Seqs.First() });
            mirror.Apply(await chat.NextAsync("message_history"));
            Assert.Equal(fresh.State, mirror.State);
            await chat.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_list_refreshed_while_messages_stream_in_loses_and_doubles_nothing()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await workspace.BeginAsync("sara");
        await using var list = await workspace.OpenListAsync(workspace.Owner);
        var stream = Task.WhenAll(StreamAsync(workspace, "sara"), StreamAsync(workspace, "reza"));

        while (!stream.IsCompleted)
        {
            await list.SendAsync(new { type = "refresh_conversations" });
            await list.NextAsync("conversations_list");
        }

        await stream;
        await list.DrainAsync();
        Assert.Equal((await FreshRead.ListAsync(workspace, workspace.Owner)).State, new Mirror().Apply(list.Heard).State);
        Assert.Equal(2 * Messages, list.Heard.Count(f => f.IsA("new_customer_message")));
    }

    [Fact]
    public async Task A_page_read_while_messages_stream_in_stands_at_its_place_among_them()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("sara");
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, conversation);
        var stream = StreamAsync(workspace, "sara");

        while (!stream.IsCompleted)
        {
            await chat.SendAsync(new { type = "get_messages", limit = 1 });
            await chat.NextAsync("message_history");
        }

        await stream;
        await chat.DrainAsync();
        var newest = 0L;
        foreach (var frame in chat.Heard.Where(f => !f.IsA("pong")))
        {
            if (frame.IsA("message_history"))
            {
                Assert.Equal(newest, frame.Number("messages.0.seq"));
            }

            newest = frame.IsA("chat_message") ? frame.Number("message.seq") : frame.Number("messages.0.seq");
        }

        Assert.Equal(Messages + 1, newest);
    }

    [Fact]
    public async Task A_chat_resumed_again_and_again_while_messages_stream_in_loses_and_doubles_nothing()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("sara");
        var mirror = new Mirror();
        var stream = StreamAsync(workspace, "sara");

        bool over;
        do
        {
            over = stream.IsCompleted;
            await using var chat = await workspace.OpenChatAsync(workspace.Owner, conversation, mirror.Cursor is null ? "" : $"&cursor={mirror.Cursor}");
            await chat.DrainAsync();
            mirror.Apply(chat.Heard);
        }
        while (!over);

        await stream;
        Assert.Equal((await FreshRead.ChatAsync(workspace, workspace.Owner, conversation)).State, mirror.State);
    }

    private static async Task StreamAsync(TestWorkspace workspace, string customer)
    {
        for (var n = 0; n < Messages; n++)
        {
            await workspace.WriteAsync(customer, $"{n}");
        }
    }
}
