using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Protocol;

/// <summary>protocol.md, Limits: 50 sockets a user (4429); and those of all.</summary>
public sealed class OpeningTooManySockets(OpeningTooManySockets.NarrowServer server) : IClassFixture<OpeningTooManySockets.NarrowServer>
{
    [Fact]
    public async Task One_more_than_a_user_may_have_is_told_so_and_closed_with_4429()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        await using var first = await workspace.OpenListAsync(workspace.Owner);
        await using var second = await workspace.OpenListAsync(workspace.Owner);
        await first.DrainAsync();
        await second.DrainAsync();

        await using var third = await workspace.OpenListAsync(workspace.Owner);
        var error = await third.NextAsync();

        Assert.Equal(("error", "too_many_connections", "Too many connections"), (error.Text("type"), error.Text("code"), error.Text("error")));
        Assert.Equal("تعداد اتصال‌ها بیش از حد مجاز است", error.Text("message"));
        Assert.Equal(4429, await third.ClosedAsync());
        await using var colleague = await workspace.OpenListAsync(workspace.Agents[1]);
        await colleague.DrainAsync();
        await first.DrainAsync();
        await first.DisposeAsync();
        await using var again = await OpenWhereThereIsRoomAsync(() => workspace.OpenListAsync(workspace.Owner));
    }

    [Fact]
    public async Task Where_the_server_has_no_room_a_handshake_is_answered_503_and_keeps_its_ticket()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 4);
        var ticket = (await (await server.CallAsync(HttpMethod.Post, "/api/v1/auth/socket-ticket", null, workspace.Agents[3].Token)).JsonAsync()).Text("ticket")!;
        var open = new List<FikoSocket>();
        while (open.Count < NarrowServer.Room)
        {
            open.Add(await OpenWhereThereIsRoomAsync(() => workspace.OpenListAsync(workspace.Agents[open.Count / NarrowServer.RoomOfOne])));
        }

        using var refused = await RawPeer.KnockAsync(server.Socket($"/ws/conversations/?ticket={ticket}"));
        open.ForEach(o => o.Abort());

        Assert.StartsWith("HTTP/1.1 503", refused.Head, StringComparison.Ordinal);
        Assert.Contains("Retry-After: 5", refused.Head, StringComparison.Ordinal);
        await using var later = await OpenWhereThereIsRoomAsync(() => FikoSocket.OpenAsync(server.Socket($"/ws/conversations/?ticket={ticket}")));
    }

    [Fact]
    public async Task Those_who_prove_nothing_and_stay_do_not_keep_others_out()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var nobodies = new List<RawPeer>();
        for (var n = 0; n < 3 * NarrowServer.Handshakes; n++)
        {
            nobodies.Add(await RawPeer.KnockAsync(server.Socket("/ws/conversations/")));
        }

        await using var list = await OpenWhereThereIsRoomAsync(() => workspace.OpenListAsync(workspace.Owner));

        Assert.True(list.IsOpen);
        nobodies.ForEach(n => n.Dispose());
    }

    // The places of earlier sockets become free a moment after they are closed.
    private static Task<FikoSocket> OpenWhereThereIsRoomAsync(Func<Task<FikoSocket>> openAsync) => Eventually.SeesAsync(
        async () =>
        {
            try
            {
                var socket = await openAsync();
                await socket.SendAsync(new { type = "ping" });
                return (await socket.NextAsync()).IsA("pong") ? socket : null!;
            }
            catch (System.Net.WebSockets.WebSocketException)
            {
                return null!;
            }
        },
        socket => socket is not null,
        "room for a socket");

    public sealed class NarrowServer : FikoServer
    {
        public const int Room = 6;
        public const int RoomOfOne = 2;
        public const int Handshakes = 4;

        public NarrowServer()
        {
            Settings["Sockets:MaxPerUser"] = $"{RoomOfOne}";
            Settings["Sockets:MaxOpen"] = $"{Room}";
            Settings["Sockets:MaxHandshakes"] = $"{Handshakes}";

            // Longer than a test waits: a place that is kept until then is not free.
            Settings["Sockets:CloseTimeout"] = "00:01:00";
        }
    }
}
