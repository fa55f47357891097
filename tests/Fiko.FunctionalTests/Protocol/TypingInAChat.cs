using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Protocol;

public sealed class TypingInAChat(ClockedServer server) : IClassFixture<ClockedServer>, IAsyncLifetime
{
    private TestWorkspace _workspace = null!;
    private string _conversation = null!;
    private FikoSocket _typist = null!;
    private FikoSocket _tab = null!;
    private FikoSocket _other = null!;

    // One agent with two tabs, and another one who watches.
    public async ValueTask InitializeAsync()
    {
        _workspace = await TestWorkspace.CreateAsync(server);
        _conversation = await _workspace.BeginAsync("sara");
        _typist = await _workspace.OpenChatAsync(_workspace.Owner, _conversation);
        _tab = await _workspace.OpenChatAsync(_workspace.Owner, _conversation);
        _other = await _workspace.OpenChatAsync(_workspace.Agents[1], _conversation);
        await _other.NextAsync("user_presence");
        await _typist.NextAsync("user_presence");
        await _tab.NextAsync("user_presence");
    }

    public async ValueTask DisposeAsync()
    {
        await _typist.DisposeAsync();
        await _tab.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task Only_the_other_users_sockets_of_that_chat_hear_it()
    {
        await using var list = await _workspace.OpenListAsync(_workspace.Agents[1]);
        await using var elsewhere = await _workspace.OpenChatAsync(_workspace.Agents[1], await _workspace.BeginAsync("reza"));
        await elsewhere.NextAsync("recent_messages");
        await list.DrainAsync();

        await TypeAsync(true);

        var frame = await _other.NextAsync();
        Assert.Equal("type user_id username is_typing conversation_id timestamp", frame.Names());
        Assert.Equal(("typing_indicator", _workspace.Owner.Id, "Agent 0", true), (frame.Text("type"), frame.Number("user_id"), frame.Text("username"), frame.At("is_typing").GetBoolean()));
        Assert.Equal(_conversation, frame.Text("conversation_id"));
        foreach (var deaf in new[] { _typist, _tab, list, elsewhere })
        {
            Assert.Empty(await deaf.DrainAsync());
        }
    }

    [Fact]
    public async Task It_ends_when_the_agent_says_so_and_once()
    {
        await TypeAsync(true);
        await TypeAsync(false);
        await TypeAsync(false);

        Assert.Equal([true, false], await HeardAsync());
    }

    [Fact]
    public async Task An_end_without_a_beginning_is_not_told()
    {
        await TypeAsync(false);

        Assert.Empty(await HeardAsync());
    }

    [Fact]
    public async Task It_ends_by_itself_6_s_after_the_last_sign()
    {
        await TypeAsync(true);
        server.Clock.Advance(TimeSpan.FromSeconds(5));
        await TypeAsync(true);
        await HeardAsync();

        server.Clock.Advance(TimeSpan.FromSeconds(5.9));
        var before = await HeardAsync();
        server.Clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Empty(before);
        Assert.Equal([false], await HeardAsync());
    }

    [Fact]
    public async Task Repeats_within_2_s_are_not_told_again()
    {
        await TypeAsync(true);
        server.Clock.Advance(TimeSpan.FromSeconds(1.9));
        await TypeAsync(true);
        var first = await HeardAsync();
        server.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await TypeAsync(true);

        Assert.Equal([true], first);
        Assert.Equal([true], await HeardAsync());
    }

    [Fact]
    public async Task It_ends_at_once_when_the_message_is_sent()
    {
        await TypeAsync(true);
        await _typist.SendAsync(new { type = "chat_message", content = "Hello" });
        await _typist.NextAsync("chat_message");

        Assert.Equal([true, false], await HeardAsync());
    }

    [Fact]
    public async Task Another_agents_message_does_not_end_it()
    {
        await TypeAsync(true);
        await HeardAsync();
        await _other.SendAsync(new { type = "chat_message", content = "Me first" });
        await _other.NextAsync("chat_message");

        Assert.Empty(await HeardAsync());
    }

    [Fact]
    public async Task It_ends_at_once_with_the_tab_it_was_said_on_although_another_stays()
    {
        await TypeAsync(true);
        await _other.NextAsync("typing_indicator");

        await _typist.DisposeAsync();

        Assert.False((await _other.NextAsync("typing_indicator")).At("is_typing").GetBoolean());
    }

    [Fact]
    public async Task It_ends_at_once_on_disconnect()
    {
        await _tab.DisposeAsync();
        await TypeAsync(true);
        await _typist.DisposeAsync();

        Assert.Equal([true, false], await HeardAsync());
    }

    // The pong says that the frame before it has been dealt with.
    private async Task TypeAsync(bool isTyping)
    {
        await _typist.SendAsync(new { type = "typing", is_typing = isTyping });
        await _typist.DrainAsync();
    }

    private async Task<IEnumerable<bool>> HeardAsync() =>
        [.. (await _other.DrainAsync()).Where(f => f.IsA("typing_indicator")).Select(f => f.At("is_typing").GetBoolean())];
}
