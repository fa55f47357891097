using Fiko.Application.Presence;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using Fiko.Domain.Conversations;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace Fiko.UnitTests.Presence;

public sealed class BeingInAChatElsewhere : IDisposable
{
    private static readonly ConversationId Chat = new(7);
    private static readonly Caller Sara = new(AgentId: 1, WorkspaceId: 1, "Sara", Role.Agent, SessionId: null);
    private static readonly Guid East = Guid.NewGuid();
    private static readonly Guid West = Guid.NewGuid();

    private readonly IBroadcaster _said = Substitute.For<IBroadcaster>();
    private readonly IPeers _peers = Substitute.For<IPeers>();
    private readonly FakeTimeProvider _time = new();
    private readonly PresenceBoard _board;
    private readonly TypingBoard _typing;

    public BeingInAChatElsewhere() => _board = new(_said, _peers, _typing = new(Substitute.For<IBroadcaster>(), _peers, _time), _time);

    public void Dispose() => _typing.Dispose();

    [Fact]
    public void Whoever_comes_and_goes_there_is_told_here()
    {
        _board.Hear(East, Sign(SignKind.Came));
        _board.Hear(East, Sign(SignKind.Left));

        Assert.Equal(["Sara came", "Sara left"], Told());
        _peers.DidNotReceiveWithAnyArgs().Tell(null!);
    }

    [Fact]
    public void A_user_on_two_instances_leaves_with_the_second()
    {
        _board.Hear(East, Sign(SignKind.Came));
        _board.Hear(West, Sign(SignKind.Came));
        _board.Hear(East, Sign(SignKind.Left));
        Assert.Equal(["Sara came"], Told());

        _board.Lose(West);
        Assert.Equal(["Sara came", "Sara left"], Told());
    }

    [Fact]
    public void A_user_who_moves_from_here_to_there_does_not_flicker()
    {
        _board.Enter(Sara, Chat, _ => { });
        _board.Leave(Sara, Chat);
        _board.Hear(East, Sign(SignKind.Came));
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(["Sara came"], Told());
    }

    [Fact]
    public void What_an_instance_says_of_everybody_replaces_what_it_said_before()
    {
        _board.Hear(East, Sign(SignKind.Came));
        _board.Hear(East, workspaceId: 1, [Sign(SignKind.Came, id: 2, "Reza")]);
        _board.Hear(East, workspaceId: 2, []);

        Assert.Equal(["Sara came", "Sara left", "Reza came"], Told());
    }

    [Fact]
    public void An_instance_that_goes_down_tells_of_nobody_leaving()
    {
        _board.Enter(Sara, Chat, _ => { });
        _board.Freeze();
        _board.Leave(Sara, Chat);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(["Sara came"], Told());
        _peers.Received(1).Tell(Arg.Any<PresenceSign>());
    }

    [Fact]
    public void Others_are_told_of_the_first_socket_and_the_last()
    {
        _board.Enter(Sara, Chat, _ => { });
        _board.Enter(Sara, Chat, _ => { });
        _board.Leave(Sara, Chat);
        _board.Leave(Sara, Chat);
        Assert.Equal([Sign(SignKind.Came)], _board.Here(1));
        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Empty(_board.Here(1));
        Received.InOrder(() =>
        {
            _peers.Tell(Sign(SignKind.Came));
            _peers.Tell(Sign(SignKind.Left));
        });
        Assert.Equal(2, _peers.ReceivedCalls().Count());
    }

    [Fact]
    public void A_workspace_nobody_follows_any_more_is_forgotten()
    {
        _board.Hear(East, Sign(SignKind.Came));
        _board.Forget(1);

        IReadOnlyList<UserPresenceFrame> met = [new(0, "", false, "", default, false, false)];
        _board.Enter(Sara with { AgentId = 2, Name = "Reza" }, Chat, others => met = others);

        Assert.Empty(met);
    }

    private static PresenceSign Sign(SignKind kind, long id = 1, string name = "Sara") => new(new PresentAgent(id, 1, name), Chat.Value, kind);

    private IEnumerable<string> Told() =>
        _said.ReceivedCalls().Select(c => c.GetArguments()[3]).OfType<UserPresenceFrame>().Select(f => $"{f.Username} {(f.IsOnline ? "came" : "left")}");
}
