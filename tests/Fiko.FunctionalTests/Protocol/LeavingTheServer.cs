using System.Net;
using Fiko.FunctionalTests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Fiko.FunctionalTests.Protocol;

/// <summary>protocol.md, Shutdown: what SIGTERM begins.</summary>
public sealed class LeavingTheServer(LeavingTheServer.DrainingServer server) : IClassFixture<LeavingTheServer.DrainingServer>
{
    private const int Sockets = 20;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task It_is_not_ready_at_once_and_lets_nobody_in_and_its_sockets_go_evenly_over_the_period()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("sara");
        var ticket = (await (await server.CallAsync(HttpMethod.Post, "/api/v1/auth/socket-ticket", null, workspace.Owner.Token)).JsonAsync()).Text("ticket")!;
        var sockets = new List<FikoSocket>();
        for (var n = 0; n < Sockets / 2; n++)
        {
            sockets.Add(await workspace.OpenListAsync(workspace.Owner));
            sockets.Add(await workspace.OpenChatAsync(workspace.Agents[1], conversation));
        }

        foreach (var socket in sockets)
        {
            await socket.DrainAsync();
        }

        var patience = server.Provider.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;
        server.Terminate();
        var ready = await server.GetAsync("/health/ready");
        var live = await server.GetAsync("/health/live");
        using var late = await RawPeer.KnockAsync(server.Socket($"/ws/conversations/?ticket={ticket}"));
        await Eventually.SeesAsync(() => Task.FromResult(server.Log.Lines.Any(l => l.Contains("[308]", StringComparison.Ordinal))), begun => begun, "the drain to begin");
        var untouched = sockets.Count(s => s.IsOpen);

        server.Clock.Advance(Period / 2);
        await ClosedAsync(sockets, Sockets / 2);
        Assert.Equal(HttpStatusCode.Accepted, await workspace.WriteAsync("sara", "Are you there?"));
        foreach (var open in sockets.Where(s => s.IsOpen))
        {
            await open.NextAsync(f => f.IsA("new_customer_message") || f.IsA("chat_message"), "what a customer writes meanwhile");
        }

        var half = sockets.Count(s => s.IsOpen);
        var first = sockets.Where(s => !s.IsOpen).ToHashSet();
        server.Clock.Advance(Period / 2);
        await ClosedAsync(sockets, Sockets);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (ready.StatusCode, live.StatusCode));
        Assert.StartsWith("HTTP/1.1 503", late.Head, StringComparison.Ordinal);
        Assert.Contains("Retry-After: 5", late.Head, StringComparison.Ordinal);
        Assert.Equal((Sockets, Sockets / 2), (untouched, half));
        Assert.All(sockets, s => Assert.Equal(first.Contains(s), s.Heard[^1].Number("after_ms") < 3000));
        Assert.InRange(patience, Period + TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1));
        var pauses = new List<long>();
        foreach (var socket in sockets)
        {
            Assert.Equal(1001, await socket.ClosedAsync());
            Assert.True(socket.Heard[^1].IsA("reconnect"), socket.Heard[^1].GetRawText());
            pauses.Add(socket.Heard[^1].Number("after_ms"));
            await socket.DisposeAsync();
        }

        Assert.All(pauses, p => Assert.InRange(p, 500, 5500));
        Assert.Equal(Sockets, pauses.Distinct().Count());
    }

    private static Task<int> ClosedAsync(List<FikoSocket> sockets, int count) =>
        Eventually.SeesAsync(() => Task.FromResult(sockets.Count(s => !s.IsOpen)), closed => closed >= count, $"{count} sockets to be closed");

    public sealed class DrainingServer : ClockedServer
    {
        public DrainingServer() => Settings["Drain:Period"] = "00:00:05";
    }
}
