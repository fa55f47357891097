using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Protocol;

public sealed class BeingPresent(ClockedServer server) : IClassFixture<ClockedServer>, IAsyncLifetime
{
    private TestWorkspace _workspace = null!;
    private string _conversation = null!;
    private FikoSocket _watcher = null!;

    public async ValueTask InitializeAsync()
    {
        _workspace = await TestWorkspace.CreateAsync(server, agents: 3);
        _conversation = await _workspace.BeginAsync("sara");
        _watcher = await _workspace.OpenChatAsync(_workspace.Owner, _conversation);
        await _watcher.NextAsync("recent_messages");
    }

    public ValueTask DisposeAsync() => _watcher.DisposeAsync();

    [Fact]
    public async Task The_other_users_hear_who_comes()
    {
        await using var chat = await EnterAsync(1);

        var frame = await _watcher.NextAsync();
        Assert.Equal("type user_id username is_online conversation_id timestamp viewing composing", frame.Names());
        Assert.Equal(("user_presence", _workspace.Agents[1].Id, "Agent 1", true), (frame.Text("type"), frame.Number("user_id"), frame.Text("username"), frame.At("is_online").GetBoolean()));
        Assert.Equal(_conversation, frame.Text("conversation_id"));
    }

    [Fact]
    public async Task A_newcomer_hears_recent_messages_and_then_who_is_there()
    {
        await using var second = await EnterAsync(1);
        await using var secondTab = await EnterAsync(1);

        await using var third = await _workspace.OpenChatAsync(_workspace.Agents[2], _conversation);

        await third.DrainAsync();
        Assert.Equal(["recent_messages", "user_presence", "user_presence", "pong"], third.Heard.Select(FikoSocket.TypeOf));
        Assert.Equal([_workspace.Owner.Id, _workspace.Agents[1].Id], third.Heard.Where(f => f.IsA("user_presence")).Select(f => f.Number("user_id")).Order());
        Assert.All(third.Heard.Where(f => f.IsA("user_presence")), f => Assert.True(f.At("is_online").GetBoolean()));
    }

    [Fact]
    public async Task Only_the_first_and_the_last_of_several_tabs_count()
    {
        var first = await EnterAsync(1);
        var second = await EnterAsync(1);
        await first.DisposeAsync();
        server.Clock.Advance(TimeSpan.FromSeconds(10));
        var whileThere = await HeardAsync();

        await second.DisposeAsync();
        server.Clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(["1 True"], whileThere);
        Assert.Equal(["1 False"], await HeardAsync());
    }

    [Fact]
    public async Task Leaving_is_told_3_s_later_and_not_before()
    {
        await (await EnterAsync(1)).DisposeAsync();
        await HeardAsync();

        server.Clock.Advance(TimeSpan.FromSeconds(2.9));
        var before = await HeardAsync();
        server.Clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Empty(before);
        Assert.Equal(["1 False"], await HeardAsync());
    }

    [Fact]
    public async Task A_reload_does_not_flicker()
    {
        await (await EnterAsync(1)).DisposeAsync();
        server.Clock.Advance(TimeSpan.FromSeconds(2));
        await using var reloaded = await EnterAsync(1);
        server.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(["1 True"], await HeardAsync());
    }

    [Fact]
    public async Task Who_is_in_the_grace_still_counts_as_there()
    {
        await (await EnterAsync(1)).DisposeAsync();

        await using var third = await _workspace.OpenChatAsync(_workspace.Agents[2], _conversation);

        await third.DrainAsync();
        Assert.Contains(third.Heard, f => f.IsA("user_presence") && f.Number("user_id") == _workspace.Agents[1].Id);
    }

    [Fact]
    public async Task One_does_not_hear_of_oneself_nor_of_other_chats()
    {
        await using var tab = await EnterAsync(0);
        await using var elsewhere = await _workspace.OpenChatAsync(_workspace.Agents[1], await _workspace.BeginAsync("reza"));
        await elsewhere.NextAsync("recent_messages");

        Assert.Empty(await elsewhere.DrainAsync());
        Assert.Empty(await HeardAsync());
        Assert.Empty(await tab.DrainAsync());
    }

    [Fact]
    public async Task A_resumed_socket_is_told_who_is_there_as_well()
    {
        await using var second = await EnterAsync(1);

        await using var resumed = await _workspace.OpenChatAsync(_workspace.Agents[2], _conversation, $"&cursor={_watcher.Heard[0].Text("cursor")}");

        await resumed.DrainAsync();
        Assert.Equal(["resumed", "user_presence", "user_presence", "pong"], resumed.Heard.Select(FikoSocket.TypeOf));
    }

    // Entered when the pong is there: who is present was told before.
    private async Task<FikoSocket> EnterAsync(int agent)
    {
        var chat = await _workspace.OpenChatAsync(_workspace.Agents[agent], _conversation);
        await chat.DrainAsync();
        return chat;
    }

    private async Task<IEnumerable<string>> HeardAsync() => (await _watcher.DrainAsync())
        .Where(f => f.IsA("user_presence"))
        .Select(f => $"{_workspace.Agents.ToList().FindIndex(a => a.Id == f.Number("user_id"))} {f.At("is_online").GetBoolean()}")
        .ToList();
}
