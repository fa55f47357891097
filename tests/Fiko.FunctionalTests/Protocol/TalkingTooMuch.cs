using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Protocol;

/// <summary>protocol.md, Limits: 20 frames a second a socket with bursts of 40, and 4429 after 100 refusals in a row.</summary>
public sealed class TalkingTooMuch(TalkingTooMuch.StrictServer server) : IClassFixture<TalkingTooMuch.StrictServer>
{
    private const int Burst = 40;
    private static readonly TimeSpan OfOneFrame = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Forty_frames_at_once_are_taken_and_further_ones_refused_and_time_brings_new_ones()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await using var list = await workspace.OpenListAsync(workspace.Owner);

        await SayAsync(list, Burst + 5);
        var atOnce = await HearAsync(list, Burst + 5);
        server.Clock.Advance(3 * OfOneFrame);
        await SayAsync(list, 5);
        var later = await HearAsync(list, 5);
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        await SayAsync(list, Burst + 1);
        var muchLater = await HearAsync(list, Burst + 1);

        Assert.Equal((Burst, 5), Count(atOnce));
        Assert.Equal((3, 2), Count(later));
        Assert.Equal((Burst, 1), Count(muchLater));
        var refusal = atOnce.First(f => f.IsA("error"));
        Assert.Equal(("rate_limited", "Too many requests"), (refusal.Text("code"), refusal.Text("error")));
        Assert.Equal("تعداد درخواست‌ها بیش از حد مجاز است", refusal.Text("message"));
    }

    [Fact]
    public async Task What_is_refused_is_not_even_read()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await using var list = await workspace.OpenListAsync(workspace.Owner);
        await SayAsync(list, Burst);
        await HearAsync(list, Burst);

        await list.SendTextAsync("{ this is no JSON");
        var refusal = await list.NextAsync();

        Assert.Equal(("rate_limited", null, null), (refusal.Text("code"), refusal.Text("request_type"), refusal.Text("client_id")));
    }

    [Fact]
    public async Task After_a_hundred_refusals_in_a_row_the_socket_ends_with_4429()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await using var list = await workspace.OpenListAsync(workspace.Owner);
        await SayAsync(list, Burst + 99);
        await HearAsync(list, Burst + 99);
        var open = list.IsOpen;

        await SayAsync(list, 1);

        Assert.True(open);
        Assert.Equal(4429, await list.ClosedAsync());
        Assert.Equal((Burst, 100), Count(list.Heard));
    }

    [Fact]
    public async Task Who_comes_back_at_once_after_that_is_closed_again_and_a_little_later_is_let_in()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        await using var flooding = await workspace.OpenListAsync(workspace.Owner);
        await SayAsync(flooding, Burst + 100);
        await flooding.ClosedAsync();

        await using var atOnce = await FikoSocket.OpenAsync(server.Socket($"/ws/conversations/?token={workspace.Owner.Token}"));
        await using var colleague = await workspace.OpenListAsync(workspace.Agents[1]);
        var refusal = await atOnce.NextAsync();
        var code = await atOnce.ClosedAsync();
        server.Clock.Advance(TimeSpan.FromSeconds(5));
        await using var later = await workspace.OpenListAsync(workspace.Owner);
        await SayAsync(later, 1);

        Assert.Equal(("rate_limited", 4429), (refusal.Text("code"), code));
        Assert.True(colleague.IsOpen);
        Assert.Equal((1, 0), Count(await HearAsync(later, 1)));
    }

    [Fact]
    public async Task Who_is_only_a_little_too_quick_is_never_closed()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await using var list = await workspace.OpenListAsync(workspace.Owner);
        await SayAsync(list, Burst);
        await HearAsync(list, Burst);

        for (var second = 0; second < 60; second++)
        {
            server.Clock.Advance(20 * OfOneFrame);
            await SayAsync(list, 30);
            Assert.Equal((20, 10), Count(await HearAsync(list, 30)));
        }

        Assert.True(list.IsOpen);
    }

    [Fact]
    public async Task The_sockets_of_a_user_share_an_allowance_and_colleagues_have_their_own()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var sockets = new List<FikoSocket>();
        var heard = new List<JsonElement>();
        for (var n = 0; n < 6; n++)
        {
            sockets.Add(await workspace.OpenListAsync(workspace.Owner));
            await SayAsync(sockets[n], Burst);
            heard.AddRange(await HearAsync(sockets[n], Burst));
        }

        await using var colleague = await workspace.OpenListAsync(workspace.Agents[1]);
        await SayAsync(colleague, Burst);

        Assert.Equal((200, 40), Count(heard));
        Assert.Equal((Burst, 0), Count(await HearAsync(colleague, Burst)));
        foreach (var socket in sockets)
        {
            await socket.DisposeAsync();
        }
    }

    [Fact]
    public async Task Coming_back_brings_no_new_allowance()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var heard = new List<JsonElement>();
        for (var n = 0; n < 6; n++)
        {
            await using var list = await workspace.OpenListAsync(workspace.Owner);
            await SayAsync(list, Burst);
            heard.AddRange(await HearAsync(list, Burst));
        }

        Assert.Equal((200, 40), Count(heard));
    }

    private static (int Answers, int Refusals) Count(IEnumerable<JsonElement> frames) =>
        (frames.Count(f => f.IsA("pong")), frames.Count(f => f.IsA("error") && f.Text("code") == "rate_limited"));

    private static async Task SayAsync(FikoSocket socket, int frames)
    {
        for (var n = 0; n < frames; n++)
        {
            await socket.SendAsync(new { type = "ping" });
        }
    }

    private static async Task<IReadOnlyList<JsonElement>> HearAsync(FikoSocket socket, int frames)
    {
        var heard = new List<JsonElement>();
        while (heard.Count < frames)
        {
            heard.Add(await socket.NextAsync());
        }

        return heard;
    }

    /// <summary>The limits as they are set out of the box, by the test's clock.</summary>
    public sealed class StrictServer : ClockedServer
    {
        public StrictServer()
        {
            foreach (var lifted in Settings.Keys.Where(k => k.StartsWith("Sockets:", StringComparison.Ordinal)).ToArray())
            {
                Settings.Remove(lifted);
            }
        }
    }
}
