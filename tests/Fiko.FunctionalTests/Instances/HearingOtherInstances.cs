using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Instances;

/// <summary>protocol.md, section 3, holds on every instance.</summary>
public sealed class HearingOtherInstances(TwoInstances servers) : IClassFixture<TwoInstances>, IAsyncLifetime
{
    // Less than the five seconds after which an instance would find it by itself.
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(4);

    private TestWorkspace _workspace = null!;
    private string _conversation = null!;

    public async ValueTask InitializeAsync()
    {
        _workspace = await TestWorkspace.CreateAsync(servers.One, agents: 3);
        _conversation = await _workspace.BeginAsync("sara");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_message_is_heard_at_once_on_every_instance()
    {
        await using var chat = await OpenChatAsync(servers.Two, 0);
        await using var list = await FikoSocket.OpenAsync(servers.Two.Socket($"/ws/conversations/?token={_workspace.Owner.Token}"));
        await list.DrainAsync();

        var began = TimeProvider.System.GetTimestamp();
        Assert.Equal(HttpStatusCode.Accepted, await _workspace.WriteAsync("sara", "Across"));
        var message = await chat.NextAsync("chat_message");
        var news = await list.NextAsync("new_customer_message");

        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, AtOnce);
        Assert.Equal("Across", message.Text("message.content"));
        Assert.Equal(message.Text("cursor"), news.Text("cursor"));
    }

    [Fact]
    public async Task Everybody_hears_the_same_frames_in_the_same_order_whoever_wrote_where()
    {
        await using var here = await OpenChatAsync(servers.One, 1);
        await using var there = await OpenChatAsync(servers.Two, 2);

        await Task.WhenAll(
            Task.WhenAll(Enumerable.Range(0, 20).Select(n => here.SendAsync(new { type = "chat_message", content = $"here {n}" }))),
            Task.WhenAll(Enumerable.Range(0, 20).Select(n => there.SendAsync(new { type = "chat_message", content = $"there {n}" }))),
            Task.WhenAll(Enumerable.Range(0, 20).Select(n => _workspace.WriteAsync("sara", $"customer {n}", through: n % 2 == 0 ? servers.One : servers.Two))));
        foreach (var chat in new[] { here, there })
        {
            await Eventually.SeesAsync(() => Task.FromResult(chat.Heard.Count(f => f.IsA("chat_message"))), count => count == 60, "60 messages");
        }

        Assert.Equal(Enumerable.Range(2, 60).Select(n => (long)n), here.Heard.Where(f => f.IsA("chat_message")).Select(f => f.Number("message.seq")));
        Assert.Equal(Durable(here), Durable(there));
    }

    [Fact]
    public async Task A_socket_resumes_on_another_instance()
    {
        await using var before = await OpenChatAsync(servers.One, 0);
        await _workspace.WriteAsync("sara", "Seen");
        var cursor = (await before.NextAsync("chat_message")).Text("cursor");
        await before.DisposeAsync();
        await _workspace.WriteAsync("sara", "Missed", through: servers.Two);

        await using var after = await OpenChatAsync(servers.Two, 0, $"&cursor={cursor}");
        await Eventually.SeesAsync(() => Task.FromResult(after.Heard.Any(f => f.IsA("chat_message"))), there => there, "the missed message");

        Assert.True(after.Heard[0].At("recovered").GetBoolean());
        Assert.Equal(["Missed"], after.Heard.Where(f => f.IsA("chat_message")).Select(f => f.Text("message.content")));
    }

    [Fact]
    public async Task Who_is_online_on_one_instance_is_so_in_the_answers_of_every_instance()
    {
        var list = await FikoSocket.OpenAsync(servers.Two.Socket($"/ws/conversations/?token={_workspace.Agents[0].Token}"));

        await Eventually.SeesAsync(() => IsOnlineAsync(servers.One), online => online, "the agent to be online");
        var alsoThere = await IsOnlineAsync(servers.Two);
        await list.DisposeAsync();

        await Eventually.SeesAsync(() => IsOnlineAsync(servers.One), online => !online, "the agent to be offline");
        Assert.True(alsoThere);
    }

    [Fact]
    public async Task Who_is_in_a_chat_is_told_over_all_instances()
    {
        await using var watcher = await OpenChatAsync(servers.One, 0);
        var visitor = await OpenChatAsync(servers.Two, 1);

        var came = await watcher.NextAsync("user_presence");
        var met = await PresenceAsync(visitor, 0);
        await visitor.DisposeAsync();
        var left = await watcher.NextAsync("user_presence");

        Assert.Equal((_workspace.Agents[1].Id, true), (came.Number("user_id"), came.At("is_online").GetBoolean()));
        Assert.Equal((_workspace.Owner.Id, true), (met.Number("user_id"), met.At("is_online").GetBoolean()));
        Assert.Equal((_workspace.Agents[1].Id, false), (left.Number("user_id"), left.At("is_online").GetBoolean()));
    }

    [Fact]
    public async Task A_user_with_a_tab_on_each_instance_is_there_until_the_last_is_closed()
    {
        await using var watcher = await OpenChatAsync(servers.One, 0);
        var first = await OpenChatAsync(servers.One, 1);
        await using var second = await OpenChatAsync(servers.Two, 1);
        await PresenceAsync(second, 0);
        await first.DisposeAsync();

        // Beyond the grace of the first: another who comes and goes after it.
        var other = await OpenChatAsync(servers.Two, 2);
        await watcher.NextAsync(f => f.IsA("user_presence") && f.Number("user_id") == _workspace.Agents[2].Id, "the other coming");
        await other.DisposeAsync();
        await watcher.NextAsync(f => f.IsA("user_presence") && f.Number("user_id") == _workspace.Agents[2].Id && !f.At("is_online").GetBoolean(), "the other leaving");

        Assert.Single(watcher.Heard, f => f.IsA("user_presence") && f.Number("user_id") == _workspace.Agents[1].Id);
    }

    [Fact]
    public async Task Typing_is_seen_on_other_instances_and_ends_there()
    {
        await using var watcher = await OpenChatAsync(servers.One, 0);
        await using var typist = await OpenChatAsync(servers.Two, 1);

        await typist.SendAsync(new { type = "typing", is_typing = true });
        var began = await watcher.NextAsync("typing_indicator");
        await typist.SendAsync(new { type = "typing", is_typing = false });
        var ended = await watcher.NextAsync("typing_indicator");

        Assert.Equal((_workspace.Agents[1].Id, true), (began.Number("user_id"), began.At("is_typing").GetBoolean()));
        Assert.False(ended.At("is_typing").GetBoolean());
        Assert.DoesNotContain(typist.Heard, f => f.IsA("typing_indicator"));
    }

    [Fact]
    public async Task A_logout_reaches_the_sockets_of_every_instance_at_once()
    {
        await using var chat = await OpenChatAsync(servers.Two, 1);

        var began = TimeProvider.System.GetTimestamp();
        (await servers.One.CallAsync(HttpMethod.Post, "/api/v1/auth/logout", null, _workspace.Agents[1].Token)).EnsureSuccessStatusCode();
        var code = await chat.ClosedAsync();

        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, AtOnce);
        Assert.Equal(1008, code);
    }

    [Fact]
    public async Task A_deactivated_user_is_thrown_out_of_every_instance()
    {
        await using var chat = await OpenChatAsync(servers.Two, 1);

        (await servers.One.CallAsync(HttpMethod.Patch, $"/api/v1/users/{_workspace.Agents[1].Id}", JsonContent.Create(new { is_active = false }), _workspace.Owner.Token))
            .EnsureSuccessStatusCode();

        Assert.Equal(1008, await chat.ClosedAsync());
    }

    // It may have come before the pong that the opening waited for, or come later with the other instance's answer.
    private Task<JsonElement> PresenceAsync(FikoSocket chat, int of) => Eventually.SeesAsync(
        () => Task.FromResult(chat.Heard.FirstOrDefault(f => f.IsA("user_presence") && f.Number("user_id") == _workspace.Agents[of].Id)),
        found => found.ValueKind is not JsonValueKind.Undefined,
        "who is there");

    private static IEnumerable<string> Durable(FikoSocket chat) => chat.Heard.Where(f => f.IsA("chat_message")).Select(f => f.GetRawText());

    // Entered when the pong is there.
    private async Task<FikoSocket> OpenChatAsync(FikoServer server, int agent, string query = "")
    {
        var chat = await FikoSocket.OpenAsync(server.Socket($"/ws/chat/{_conversation}/?token={_workspace.Agents[agent].Token}{query}"));
        await chat.DrainAsync();
        return chat;
    }

    private async Task<bool> IsOnlineAsync(FikoServer asked) =>
        (await asked.Http.CallAsync(HttpMethod.Get, $"/api/v1/users/{_workspace.Agents[0].Id}", token: _workspace.Owner.Token)).Json.GetProperty("is_online").GetBoolean();
}
