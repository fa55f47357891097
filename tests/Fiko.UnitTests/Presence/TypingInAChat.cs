using Fiko.Application.Channels;
using Fiko.Application.Presence;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using Fiko.Domain.Conversations;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace Fiko.UnitTests.Presence;

public sealed class TypingInAChat : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly Caller Sara = new(AgentId: 1, WorkspaceId: 1, "Sara", Role.Agent, SessionId: null);

    private readonly Guid _tab = Guid.NewGuid();
    private readonly IBroadcaster _said = Substitute.For<IBroadcaster>();
    private readonly IPeers _peers = Substitute.For<IPeers>();
    private readonly ITypingSignals _platform = Substitute.For<ITypingSignals>();
    private readonly FakeTimeProvider _time = new(Noon);
    private readonly TypingBoard _board;

    public TypingInAChat() => _board = new(_said, _peers, _time);

    public void Dispose() => _board.Dispose();

    [Fact]
    public async Task The_others_in_the_chat_and_the_platform_are_told()
    {
        await SetAsync(true);

        _said.Received(1).Send(Topic.Chat(7), 1, "typing:1", new TypingIndicatorFrame(1, "Sara", IsTyping: true, "conv_7", Noon));
        _platform.Received(1).Typing(7, isTyping: true);
    }

    [Fact]
    public async Task Repeats_within_two_seconds_are_not_told_again()
    {
        await SetAsync(true);
        _time.Advance(TimeSpan.FromSeconds(1.9));
        await SetAsync(true);
        Assert.Equal([true], Told());

        _time.Advance(TimeSpan.FromSeconds(0.1));
        await SetAsync(true);
        Assert.Equal([true, true], Told());
    }

    [Fact]
    public async Task It_ends_by_itself_six_seconds_after_the_last_sign()
    {
        await SetAsync(true);
        _time.Advance(TimeSpan.FromSeconds(1));
        await SetAsync(true);

        _time.Advance(TimeSpan.FromSeconds(5.9));
        Assert.Equal([true], Told());

        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal([true, false], Told());
    }

    [Fact]
    public async Task It_ends_at_once_when_the_agent_stops_and_only_once()
    {
        await SetAsync(true);
        await SetAsync(false);
        await SetAsync(false);
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal([true, false], Told());
    }

    [Fact]
    public async Task Whoever_stopped_and_types_again_is_told_again()
    {
        await SetAsync(true);
        await SetAsync(false);
        await SetAsync(true);

        Assert.Equal([true, false, true], Told());
    }

    [Fact]
    public async Task It_ends_at_once_when_the_tab_that_it_came_from_is_closed()
    {
        await SetAsync(true);

        _board.Leave(Sara, 7, _tab);

        Assert.Equal([true, false], Told());
    }

    [Fact]
    public async Task It_goes_on_when_another_tab_is_closed()
    {
        await SetAsync(true);
        await SetAsync(true, tab: Guid.NewGuid());

        _board.Leave(Sara, 7, _tab);

        Assert.Equal([true], Told());
    }

    [Fact]
    public async Task An_end_without_a_beginning_is_not_told()
    {
        await SetAsync(false);

        Assert.Empty(Told());
        _platform.DidNotReceive().Typing(Arg.Any<long>(), isTyping: true);
    }

    private async Task SetAsync(bool isTyping, Guid? tab = null) =>
        await new SetTypingHandler(_board, _platform).Handle(new SetTyping(Sara, new ConversationId(7), isTyping, tab ?? _tab), TestContext.Current.CancellationToken);

    private bool[] Told() => [.. _said.ReceivedCalls().Select(c => c.GetArguments()[3]).Cast<TypingIndicatorFrame>().Select(f => f.IsTyping)];
}
