using System.Net;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Protocol;

public sealed class AgentsOfTwoWorkspaces(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task Neither_hears_nor_lists_what_is_the_others()
    {
        var (ours, theirs) = (await TestWorkspace.CreateAsync(server), await TestWorkspace.CreateAsync(server));
        var conversation = await ours.BeginAsync("sara");
        await using var list = await theirs.OpenListAsync(theirs.Owner);
        await list.DrainAsync();

        await ours.WriteAsync("sara", "for us");
        await using var chat = await ours.OpenChatAsync(ours.Owner, conversation);
        await chat.SendAsync(new { type = "mark_read" });
        await chat.NextAsync("messages_read");

        Assert.Empty(await list.DrainAsync());
        await list.SendAsync(new { type = "get_conversations", filters = new { search = "sara" } });
        Assert.Equal(0, (await list.NextAsync()).Number("total"));
    }

    [Fact]
    public async Task The_others_messages_are_not_found()
    {
        var (ours, theirs) = (await TestWorkspace.CreateAsync(server, agents: 1), await TestWorkspace.CreateAsync(server, agents: 1));
        await using var foreign = await theirs.OpenChatAsync(theirs.Owner, await theirs.BeginAsync("reza"));
        var message = (await foreign.NextAsync()).Text("messages.0.id");
        await using var chat = await ours.OpenChatAsync(ours.Owner, await ours.BeginAsync("sara"));
        await chat.NextAsync("recent_messages");

        foreach (var frame in new object[]
        {
            new { type = "mark_read", up_to = message },
            new { type = "retry_message", message_id = message },
            new { type = "chat_message", content = "x", reply_to = message },
        })
        {
            await chat.SendAsync(frame);
            Assert.Equal("message_not_found", (await chat.NextAsync()).Text("code"));
        }

        Assert.Empty(await foreign.DrainAsync());
    }

    [Fact]
    public async Task The_same_customer_id_on_two_channels_is_two_customers()
    {
        var (ours, theirs) = (await TestWorkspace.CreateAsync(server, agents: 1), await TestWorkspace.CreateAsync(server, agents: 1));

        var (first, second) = (await ours.BeginAsync("sara"), await theirs.BeginAsync("sara"));

        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task The_others_channel_is_not_found()
    {
        var (ours, theirs) = (await TestWorkspace.CreateAsync(server, agents: 1), await TestWorkspace.CreateAsync(server, agents: 1));

        var foreign = await server.GetAsync($"/api/v1/channels/{theirs.ChannelId}", ours.Owner.Token);
        var unknown = await server.GetAsync("/api/v1/channels/999999999", ours.Owner.Token);

        await foreign.ProblemAsync(HttpStatusCode.NotFound, "channel_not_found");
        await unknown.ProblemAsync(HttpStatusCode.NotFound, "channel_not_found");
    }
}
