namespace Fiko.FunctionalTests.Hosting;

/// <summary>What a client holds that has just come and reads everything.</summary>
public static class FreshRead
{
    public static async Task<Mirror> ChatAsync(TestWorkspace workspace, TestAgent agent, string conversation)
    {
        await using var chat = await workspace.OpenChatAsync(agent, conversation);
        var mirror = new Mirror();
        mirror.Apply(await chat.NextAsync("recent_messages"));
        while (mirror.Seqs.First() > 1)
        {
            await chat.SendAsync(new { type = "get_messages", before = mirror.Seqs.First(), limit = 200 });
            mirror.Apply(await chat.NextAsync("message_history"));
        }

        return mirror;
    }

    public static async Task<Mirror> ListAsync(TestWorkspace workspace, TestAgent agent)
    {
        await using var list = await workspace.OpenListAsync(agent);
        await list.SendAsync(new { type = "get_conversations", limit = 500 });
        return new Mirror().Apply([await list.NextAsync("conversations_list")]);
    }
}
