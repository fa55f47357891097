using System.Collections.Concurrent;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;

namespace Fiko.Application.Presence;

/// <summary>Someone types, or stopped.</summary>
[SentTo(TopicKind.Chat)]
public sealed record TypingIndicatorFrame(long UserId, string Username, bool IsTyping, string ConversationId, DateTimeOffset Timestamp)
    : ServerFrame("typing_indicator");

/// <summary>
/// Who types where (protocol.md, Typing). It ends by itself 6 s after the last sign of it, and repeats within 2 s are not
/// broadcast again. Kept in memory only: it is true now or not at all.
/// </summary>
public sealed class TypingBoard(IBroadcaster broadcaster, IPeers peers, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<(long Conversation, long Agent), Typist> _typing = new();

    private TimeProvider Time => time;

    /// <param name="by">Who types.</param>
    /// <param name="conversationId">Where.</param>
    /// <param name="tab">On which of their sockets: when that one goes, so does the typing.</param>
    public void Start(Caller by, long conversationId, Guid tab) => Find(PresentAgent.Of(by), conversationId).Touch(tab);

    /// <summary>On another instance. Each one lets it end by itself, so that an instance that died leaves nobody typing for ever.</summary>
    public void Hear(PresenceSign sign)
    {
        if (sign.Kind is SignKind.Typing)
        {
            Find(sign.Agent, sign.ConversationId).Touch(tab: null);
        }
        else if (_typing.TryRemove((sign.ConversationId, sign.Agent.Id), out var typist))
        {
            typist.End(tellPeers: false);
        }
    }

    public bool IsTyping(long agentId, long conversationId) => _typing.ContainsKey((conversationId, agentId));

    /// <summary>A socket has gone. The user may go on typing on another.</summary>
    public void Leave(Caller by, long conversationId, Guid tab)
    {
        if (_typing.TryGetValue((conversationId, by.AgentId), out var typist) && typist.Tab == tab)
        {
            Stop(by, conversationId);
        }
    }

    /// <summary>At once; says nothing where nobody heard of a beginning.</summary>
    public void Stop(Caller by, long conversationId) => Stop(by.AgentId, conversationId);

    public void Dispose()
    {
        foreach (var typist in _typing.Values)
        {
            typist.Dispose();
        }
    }

    private void Stop(long agentId, long conversationId)
    {
        if (_typing.TryRemove((conversationId, agentId), out var typist))
        {
            typist.End(tellPeers: true);
        }
    }

    private Typist Find(PresentAgent agent, long conversationId) =>
        _typing.GetOrAdd((conversationId, agent.Id), _ => new Typist(this, agent, conversationId));

    private void Tell(PresentAgent agent, long conversationId, bool isTyping) => broadcaster.Send(
        Topic.Chat(conversationId),
        agent.Id,
        $"typing:{agent.Id}",
        new TypingIndicatorFrame(agent.Id, agent.Name, isTyping, new ConversationId(conversationId).ToString(), time.Now()));

    private void TellPeers(PresentAgent agent, long conversationId, SignKind what) => peers.Tell(new PresenceSign(agent, conversationId, what));

    // One timer a person who types, moved by each further sign: never one a frame.
    private sealed class Typist : IDisposable
    {
        private readonly Lock _lock = new();
        private readonly TypingBoard _board;
        private readonly PresentAgent _agent;
        private readonly long _conversationId;
        private readonly ITimer _end;
        private DateTimeOffset? _told;
        private bool _peersKnow;
        private bool _ended;

        public Typist(TypingBoard board, PresentAgent agent, long conversationId)
        {
            (_board, _agent, _conversationId) = (board, agent, conversationId);
            _end = board.Time.CreateTimer(_ => board.Stop(agent.Id, conversationId), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        /// <summary>Where the last sign of it came from; null where that was another instance.</summary>
        public Guid? Tab { get; private set; }

        public void Touch(Guid? tab)
        {
            lock (_lock)
            {
                Tab = tab;
                if (_ended)
                {
                    return;
                }

                _end.Change(Lasts, Timeout.InfiniteTimeSpan);
                var now = _board.Time.GetUtcNow();
                if (_told is not null && now - _told < Quiet)
                {
                    return;
                }

                _told = now;
                _board.Tell(_agent, _conversationId, isTyping: true);
                if (tab is not null)
                {
                    _peersKnow = true;
                    _board.TellPeers(_agent, _conversationId, SignKind.Typing);
                }
            }
        }

        public void End(bool tellPeers)
        {
            lock (_lock)
            {
                _ended = true;
                _end.Dispose();
                _board.Tell(_agent, _conversationId, isTyping: false);
                if (tellPeers && _peersKnow)
                {
                    _board.TellPeers(_agent, _conversationId, SignKind.StoppedTyping);
                }
            }
        }

        public void Dispose() => _end.Dispose();
    }
}
