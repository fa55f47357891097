using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Protocol;

/// <summary>protocol.md, Keepalive.</summary>
public sealed class VanishingWithoutAWord(PingingServer server) : IClassFixture<PingingServer>
{
    [Fact]
    public async Task Ends_the_presence_of_a_peer_that_answers_no_ping_and_of_no_other()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 3);
        var conversation = await workspace.BeginAsync("sara");
        await using var watcher = await workspace.OpenChatAsync(workspace.Owner, conversation);
        await watcher.DrainAsync();
        await using var quiet = await workspace.OpenChatAsync(workspace.Agents[1], conversation);
        await watcher.NextAsync("user_presence");

        using var vanished = await RawPeer.OpenAsync(server.Socket($"/ws/chat/{conversation}/?token={workspace.Agents[2].Token}"));
        var came = await watcher.NextAsync("user_presence");
        var left = await watcher.NextAsync("user_presence");

        Assert.Equal((workspace.Agents[2].Id, true), (came.Number("user_id"), came.At("is_online").GetBoolean()));
        Assert.Equal((workspace.Agents[2].Id, false), (left.Number("user_id"), left.At("is_online").GetBoolean()));
        Assert.True(quiet.IsOpen);
    }
}

/// <summary>Drops a silent peer soon.</summary>
public sealed class PingingServer : FikoServer
{
    public PingingServer()
    {
        Settings["Sockets:KeepAliveInterval"] = "00:00:01";
        Settings["Sockets:KeepAliveTimeout"] = "00:00:03";
        Settings["Sockets:CloseTimeout"] = "00:00:01";
    }
}
