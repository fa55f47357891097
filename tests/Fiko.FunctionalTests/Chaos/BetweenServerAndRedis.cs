using System.Net;
using Fiko.FunctionalTests.Hosting;
using Fiko.Infrastructure.Backplane;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Chaos;

/// <summary>protocol.md, The event log: losing a broker may delay a frame, never lose one. Nor does a broker that comes late, in pieces, or half.</summary>
public sealed class BetweenServerAndRedis : IAsyncLifetime
{
    private const int Messages = 15;

    // As long as until the silence is noticed, and the look after that, on a machine that other tests keep busy.
    private static readonly TimeSpan Noticed = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan WhileDeaf = TimeSpan.FromSeconds(4);

    private readonly RedisServer _redis = new();
    private readonly FikoServer _one = new();
    private readonly FikoServer _two;
    private readonly ChaosProxy _beforeOne;
    private readonly ChaosProxy _beforeTwo;

    public BetweenServerAndRedis()
    {
        _two = new FikoServer { Beside = _one };
        var redis = new Uri($"http://127.0.0.1:{_redis.Port}");
        (_beforeOne, _beforeTwo) = (new ChaosProxy(redis), new ChaosProxy(redis));
    }

    public async ValueTask InitializeAsync()
    {
        RedisServer.MustBeInstalled();
        await _redis.StartAsync();
        foreach (var (server, proxy) in new[] { (_one, _beforeOne), (_two, _beforeTwo) })
        {
            server.Settings["Redis:ConnectionString"] = $"127.0.0.1:{proxy.Address.Port}";
            await server.InitializeAsync();
        }
    }

    [Fact]
    public async Task What_comes_late_in_pieces_and_is_cut_again_and_again_loses_and_doubles_nothing()
    {
        var workspace = await TestWorkspace.CreateAsync(_one, agents: 2);
        var conversation = await workspace.BeginAsync("sara");
        await using var onOne = await workspace.OpenChatAsync(workspace.Agents[1], conversation);
        await using var onTwo = await FikoSocket.OpenAsync(_two.Socket($"/ws/chat/{conversation}/?token={workspace.Owner.Token}"));
        FikoSocket[] chats = [onOne, onTwo];
        await Task.WhenAll(chats.Select(c => c.DrainAsync()));
        foreach (var proxy in new[] { _beforeOne, _beforeTwo })
        {
            proxy.Delay = (TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(150));
            proxy.BeginCutting(TimeSpan.FromMilliseconds(700));
        }

        for (var n = 0; n < Messages; n++)
        {
            Assert.Equal(HttpStatusCode.Accepted, await workspace.WriteAsync("sara", $"customer {n}", through: n % 2 == 0 ? _one : _two));
            await chats[n % 2].SendAsync(new { type = "chat_message", content = $"agent {n}" });
            await Task.WhenAll(chats.Select(c => c.NextAsync(f => f.IsA("chat_message") && f.Text("message.content") == $"agent {n}", $"agent {n}, seed {_beforeOne.Seed} and {_beforeTwo.Seed}")));
        }

        await Task.WhenAll(chats.Select(c => Eventually.SeesAsync(
            () => Task.FromResult(new Mirror().Apply(c.Heard)), mirror => mirror.Seqs.Count() > 2 * Messages, "all messages")));
        Assert.All(chats, chat => Assert.Equal(Enumerable.Range(1, (2 * Messages) + 1).Select(n => (long)n), new Mirror().Apply(chat.Heard).Seqs));
        Assert.True(_beforeOne.Cuts + _beforeTwo.Cuts > 0);
    }

    [Fact]
    public async Task A_connection_that_is_half_dead_is_noticed_and_made_anew()
    {
        var workspace = await TestWorkspace.CreateAsync(_one, agents: 1);
        var conversation = await workspace.BeginAsync("sara");
        await using var chat = await FikoSocket.OpenAsync(_two.Socket($"/ws/chat/{conversation}/?token={workspace.Owner.Token}"));
        await chat.DrainAsync();
        await HearsAsync(_two, true);

        _beforeTwo.Halve();
        var first = await DelayAsync("sent into the silence");
        await HearsAsync(_two, false);
        var later = await DelayAsync("sent while it is known");
        _beforeTwo.Heal();
        await HearsAsync(_two, true);
        await DelayAsync("sent when all is well");

        Assert.InRange(first, TimeSpan.Zero, Noticed);
        Assert.InRange(later, TimeSpan.Zero, WhileDeaf);
        Assert.True(chat.IsOpen);
        Assert.Equal([1L, 2, 3, 4], new Mirror().Apply(chat.Heard).Seqs);

        async Task<TimeSpan> DelayAsync(string text)
        {
            var began = TimeProvider.System.GetTimestamp();
            await workspace.WriteAsync("sara", text);
            await chat.NextAsync(f => f.IsA("chat_message") && f.Text("message.content") == text, text);
            return TimeProvider.System.GetElapsedTime(began);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _two.DisposeAsync();
        await _one.DisposeAsync();
        await _beforeOne.DisposeAsync();
        await _beforeTwo.DisposeAsync();
        await _redis.DisposeAsync();
    }

    private static Task<bool> HearsAsync(FikoServer server, bool hears) => Eventually.SeesAsync(
        () => Task.FromResult(server.Provider.GetRequiredService<IBackplane>().IsHeard), heard => heard == hears, $"Redis {(hears ? "" : "not ")}to be heard", TimeSpan.FromSeconds(30));
}
