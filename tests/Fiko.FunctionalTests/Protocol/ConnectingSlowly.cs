using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Protocol;

/// <summary>Peers that take for ever to say what they want: each is given up, and disturbs nobody.</summary>
public sealed class ConnectingSlowly(ConnectingSlowly.ImpatientServer server) : IClassFixture<ConnectingSlowly.ImpatientServer>
{
    [Fact]
    public async Task A_handshake_whose_head_never_ends_is_given_up()
    {
        var peers = new List<RawPeer>();
        for (var n = 0; n < 50; n++)
        {
            peers.Add(await RawPeer.ConnectAsync(server.Address, "GET /ws/conversations/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: "));
        }

        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await using var honest = await workspace.OpenListAsync(workspace.Owner);
        await honest.DrainAsync();

        Assert.All(await Task.WhenAll(peers.Select(p => p.ReadAllAsync())), answer => Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal));
        Assert.Empty(await honest.DrainAsync());
        peers.ForEach(p => p.Dispose());
    }

    [Fact]
    public async Task A_body_that_drips_is_given_up()
    {
        using var peer = await RawPeer.ConnectAsync(
            server.Address,
            "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"email\":");

        Assert.Contains("HTTP/1.1 408", await peer.ReadAllAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task So_many_at_once_that_there_is_no_room_are_turned_away_at_once()
    {
        await using var narrow = new FikoServer { Settings = { ["Sockets:MaxHttpConnections"] = "8" } };
        await narrow.InitializeAsync();
        var peers = new List<RawPeer>();
        for (var n = 0; n < 8; n++)
        {
            peers.Add(await RawPeer.ConnectAsync(narrow.Address, "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            await peers[n].ReadSomeAsync();
        }

        using var further = await RawPeer.ConnectAsync(narrow.Address, "");

        Assert.Empty(await further.ReadAllAsync());
        peers.ForEach(p => p.Dispose());
    }

    public sealed class ImpatientServer : FikoServer
    {
        public ImpatientServer()
        {
            Settings["Sockets:RequestHeadersTimeout"] = "00:00:01";
            Settings["Sockets:MinBodyBytesPerSecond"] = "1000";
            Settings["Sockets:MinBodyGrace"] = "00:00:02";
        }
    }
}
