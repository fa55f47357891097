using System.Net;
using Fiko.FunctionalTests.Hosting;
using Fiko.Infrastructure.Backplane;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Instances;

/// <summary>protocol.md, The event log: losing a broker may delay a frame, never lose one.</summary>
public sealed class LosingRedis(TwoInstances servers) : IClassFixture<TwoInstances>
{
    // Less than the five seconds between two looks while Redis is there, on a machine that other tests keep busy.
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Delays_frames_a_little_loses_none_and_closes_no_socket()
    {
        var workspace = await TestWorkspace.CreateAsync(servers.One, agents: 2);
        var conversation = await workspace.BeginAsync("sara");
        await using var chat = await FikoSocket.OpenAsync(servers.Two.Socket($"/ws/chat/{conversation}/?token={workspace.Owner.Token}"));
        await chat.DrainAsync();

        await servers.Redis.KillAsync();
        for (var n = 0; n < 10; n++)
        {
            var began = TimeProvider.System.GetTimestamp();
            Assert.Equal(HttpStatusCode.Accepted, await workspace.WriteAsync("sara", $"without {n}"));
            await chat.NextAsync(f => f.IsA("chat_message") && f.Text("message.content") == $"without {n}", $"message {n}");
            Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, Delay);
        }

        await servers.Redis.StartAsync();
        await Eventually.SeesAsync(() => HeardFromAsync(servers.Two), heard => heard, "Redis to be heard again");
        await workspace.WriteAsync("sara", "with it");
        await chat.NextAsync(f => f.IsA("chat_message") && f.Text("message.content") == "with it", "the message");

        Assert.True(chat.IsOpen);
        Assert.Equal(Enumerable.Range(2, 11).Select(n => (long)n), chat.Heard.Where(f => f.IsA("chat_message")).Select(f => f.Number("message.seq")));
    }

    [Fact]
    public async Task Forgets_nobody_who_is_there_and_tells_of_whoever_came_meanwhile()
    {
        var workspace = await TestWorkspace.CreateAsync(servers.One, agents: 3);
        var conversation = await workspace.BeginAsync("reza");
        await using var watcher = await OpenAsync(servers.One, workspace.Owner);
        await using var stays = await OpenAsync(servers.Two, workspace.Agents[1]);
        await PresenceAsync(watcher, workspace.Agents[1]);

        await servers.Redis.KillAsync();
        await using var comes = await OpenAsync(servers.Two, workspace.Agents[2]);
        await servers.Redis.StartAsync();
        await PresenceAsync(watcher, workspace.Agents[2]);

        Assert.DoesNotContain(watcher.Heard, f => f.IsA("user_presence") && !f.At("is_online").GetBoolean());

        Task<FikoSocket> OpenAsync(FikoServer server, TestAgent agent) =>
            FikoSocket.OpenAsync(server.Socket($"/ws/chat/{conversation}/?token={agent.Token}"));
    }

    [Fact]
    public async Task Lets_a_revocation_through_all_the_same()
    {
        var workspace = await TestWorkspace.CreateAsync(servers.One, agents: 2);
        await workspace.BeginAsync("mina");
        await using var list = await FikoSocket.OpenAsync(servers.Two.Socket($"/ws/conversations/?token={workspace.Agents[1].Token}"));
        await list.DrainAsync();

        await servers.Redis.KillAsync();
        (await servers.One.CallAsync(HttpMethod.Post, "/api/v1/auth/logout", null, workspace.Agents[1].Token)).EnsureSuccessStatusCode();
        var code = await list.ClosedAsync();
        await servers.Redis.StartAsync();

        Assert.Equal(1008, code);
    }

    private static Task<bool> PresenceAsync(FikoSocket chat, TestAgent of) => Eventually.SeesAsync(
        () => Task.FromResult(chat.Heard.Any(f => f.IsA("user_presence") && f.Number("user_id") == of.Id && f.At("is_online").GetBoolean())),
        there => there,
        $"{of.Name} to be there");

    private static Task<bool> HeardFromAsync(FikoServer server) =>
        Task.FromResult(server.Provider.GetRequiredService<IBackplane>().IsHeard);
}
