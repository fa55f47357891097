using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Protocol;

public sealed class ResumingRandomHistories(BusyServer server) : IClassFixture<BusyServer>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task After_any_cuts_a_client_holds_what_a_fresh_read_shows(int seed)
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var watcher = workspace.Agents[1];
        await using var story = await Story.BeginAsync(server, workspace, seed);
        var (chat, list) = (new Mirror(), new Mirror());

        for (var round = 0; round < 8; round++)
        {
            await using var chatSocket = await OpenChatAsync(workspace, watcher, story.Conversations[0], chat);
            await using var listSocket = await OpenListAsync(workspace, watcher, list);
            await story.GoOnAsync(story.Chance.Next(25));

            // The line is cut between any two frames, also between those of a resume; what came after is lost.
            await chatSocket.DrainAsync();
            await listSocket.DrainAsync();
            chat.Apply(chatSocket.Heard.Take(story.Chance.Next(chatSocket.Heard.Count + 1)));
            list.Apply(listSocket.Heard.Take(story.Chance.Next(listSocket.Heard.Count + 1)));
            chatSocket.Abort();
            listSocket.Abort();
            await story.GoOnAsync(story.Chance.Next(25));
        }

        await AssertCatchesUpAsync(workspace, watcher, story, chat, list);
    }

    [Fact]
    public async Task After_500_things_a_client_that_was_away_holds_what_a_fresh_read_shows()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var watcher = workspace.Agents[1];
        await using var story = await Story.BeginAsync(server, workspace, seed: 500);
        await story.GoOnAsync(20);
        var chat = await FreshRead.ChatAsync(workspace, watcher, story.Conversations[0]);
        var list = await FreshRead.ListAsync(workspace, watcher);

        await story.GoOnAsync(500);

        await AssertCatchesUpAsync(workspace, watcher, story, chat, list);
        Assert.Equal((true, true), (chat.Recovered, list.Recovered));
    }

    private static async Task AssertCatchesUpAsync(TestWorkspace workspace, TestAgent watcher, Story story, Mirror chat, Mirror list)
    {
        await using var chatSocket = await OpenChatAsync(workspace, watcher, story.Conversations[0], chat);
        await using var listSocket = await OpenListAsync(workspace, watcher, list);
        await chatSocket.DrainAsync();
        await listSocket.DrainAsync();
        chat.Apply(chatSocket.Heard);
        list.Apply(listSocket.Heard);

        Assert.Equal((await FreshRead.ChatAsync(workspace, watcher, story.Conversations[0])).State, chat.State);
        Assert.Equal((await FreshRead.ListAsync(workspace, watcher)).State, list.State);
    }

    private static Task<FikoSocket> OpenChatAsync(TestWorkspace workspace, TestAgent agent, string conversation, Mirror mirror) =>
        workspace.OpenChatAsync(agent, conversation, mirror.Cursor is null ? "" : $"&cursor={mirror.Cursor}");

    // A list that has never seen anything asks; one with a cursor only goes on.
    private static async Task<FikoSocket> OpenListAsync(TestWorkspace workspace, TestAgent agent, Mirror mirror)
    {
        var list = await workspace.OpenListAsync(agent, mirror.Cursor is null ? "" : $"&cursor={mirror.Cursor}");
        if (mirror.Cursor is null)
        {
            await list.SendAsync(new { type = "get_conversations" });
        }

        return list;
    }
}
