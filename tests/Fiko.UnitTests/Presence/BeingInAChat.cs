using Fiko.Application.Presence;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using Fiko.Domain.Conversations;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace Fiko.UnitTests.Presence;

public sealed class BeingInAChat : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly ConversationId Chat = new(7);
    private static readonly Caller Sara = new(AgentId: 1, WorkspaceId: 1, "Sara", Role.Agent, SessionId: null);
    private static readonly Caller Reza = new(AgentId: 2, WorkspaceId: 1, "Reza", Role.Agent, SessionId: null);

    private readonly IBroadcaster _said = Substitute.For<IBroadcaster>();
    private readonly IPeers _peers = Substitute.For<IPeers>();
    private readonly FakeTimeProvider _time = new(Noon);
    private readonly PresenceBoard _board;
    private readonly TypingBoard _typing;

    public BeingInAChat() => _board = new(_said, _peers, _typing = new(Substitute.For<IBroadcaster>(), _peers, _time), _time);

    public void Dispose() => _typing.Dispose();

    [Fact]
    public void Whoever_comes_in_is_told_to_the_others()
    {
        Enter(Sara);

        _said.Received(1).Send(Topic.Chat(7), 1, "presence:1", new UserPresenceFrame(1, "Sara", IsOnline: true, "conv_7", Noon, Viewing: true, Composing: false));
    }

    [Fact]
    public void Whoever_comes_in_is_told_who_else_is_there()
    {
        Enter(Sara);

        Assert.Equal([new UserPresenceFrame(1, "Sara", IsOnline: true, "conv_7", Noon, Viewing: true, Composing: false)], Enter(Reza));
    }

    [Fact]
    public void Whoever_comes_in_is_told_who_writes_a_reply()
    {
        Enter(Sara);
        _typing.Start(Sara, Chat.Value, Guid.NewGuid());

        Assert.True(Assert.Single(Enter(Reza)).Composing);
    }

    [Fact]
    public void Another_socket_of_a_user_is_no_news()
    {
        Enter(Sara);

        Assert.Empty(Enter(Sara));
        Assert.Equal(["Sara came"], Told());
    }

    [Fact]
    public void A_user_is_there_until_the_last_socket_left()
    {
        Enter(Sara);
        Enter(Sara);
        _board.Leave(Sara, Chat);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(["Sara came"], Told());
    }

    [Fact]
    public void Leaving_is_told_three_seconds_later()
    {
        Enter(Sara);
        _board.Leave(Sara, Chat);

        _time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.Equal(["Sara came"], Told());

        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(["Sara came", "Sara left"], Told());
        Assert.Empty(Enter(Reza));
    }

    [Fact]
    public void A_reload_does_not_flicker()
    {
        Enter(Sara);
        _board.Leave(Sara, Chat);
        _time.Advance(TimeSpan.FromSeconds(2.9));
        Enter(Sara);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(["Sara came"], Told());
    }

    [Fact]
    public void The_grace_begins_anew_with_each_leaving()
    {
        Enter(Sara);
        _board.Leave(Sara, Chat);
        _time.Advance(TimeSpan.FromSeconds(2));
        Enter(Sara);
        _board.Leave(Sara, Chat);

        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(["Sara came"], Told());

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["Sara came", "Sara left"], Told());
    }

    [Fact]
    public void Chats_know_nothing_of_each_other()
    {
        Enter(Sara);

        Assert.Empty(Enter(Reza, new ConversationId(8)));
    }

    private IReadOnlyList<UserPresenceFrame> Enter(Caller by, ConversationId? chat = null)
    {
        IReadOnlyList<UserPresenceFrame> met = [];
        _board.Enter(by, chat ?? Chat, others => met = others);
        return met;
    }

    private IEnumerable<string> Told() =>
        _said.ReceivedCalls().Select(c => c.GetArguments()[3]).OfType<UserPresenceFrame>().Select(f => $"{f.Username} {(f.IsOnline ? "came" : "left")}");
}
