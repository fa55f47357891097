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
public sealed class TypingBoard(IBroadcaster broadcaster, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<(long Conversation, long Agent), Typist> _typing = new();

    private TimeProvider Time => time;

    /// <param name="by">Who types.</param>
    /// <param name="conversationId">Where.</param>
    /// <param name="tab">On which of their sockets: when that one goes, so does the typing.</param>
    public void Start(Caller by, long conversationId, Guid tab)
    {
        var typist = _typing.GetOrAdd((conversationId, by.AgentId), _ => new Typist(this, by, conversationId));
        typist.Touch(tab);
    }

    /// <summary>A socket has gone. The user may go on typing on another.</summary>
    public void Leave(Caller by, long conversationId, Guid tab)
    {
        if (_typing.TryGetValue((conversationId, by.AgentId), out var typist) && typist.Tab == tab)
        {
            Stop(by, conversationId);
        }
    }

    /// <summary>At once; says nothing where nobody heard of a beginning.</summary>
    public void Stop(Caller by, long conversationId)
    {
        if (_typing.TryRemove((conversationId, by.AgentId), out var typist))
        {
            typist.End();
        }
    }

    public void Dispose()
    {
        foreach (var typist in _typing.Values)
        {
            typist.Dispose();
        }
    }

    private void Tell(Caller by, long conversationId, bool isTyping) => broadcaster.Send(
        Topic.Chat(conversationId),
        by.AgentId,
        $"typing:{by.AgentId}",
        new TypingIndicatorFrame(by.AgentId, by.Name, isTyping, new ConversationId(conversationId).ToString(), time.Now()));

    // One timer a person who types, moved by each further sign: never one a frame.
    private sealed class Typist : IDisposable
    {
        private readonly Lock _lock = new();
        private readonly TypingBoard _board;
        private readonly Caller _by;
        private readonly long _conversationId;
        private readonly ITimer _end;
        private DateTimeOffset? _told;
        private bool _ended;

        public Typist(TypingBoard board, Caller by, long conversationId)
        {
            (_board, _by, _conversationId) = (board, by, conversationId);
            _end = board.Time.CreateTimer(_ => board.Stop(by, conversationId), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        /// <summary>Where the last sign of it came from.</summary>
        public Guid Tab { get; private set; }

        public void Touch(Guid tab)
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
                if (_told is null || now - _told >= Quiet)
                {
                    _told = now;
                    _board.Tell(_by, _conversationId, isTyping: true);
                }
            }
        }

        public void End()
        {
            lock (_lock)
            {
                _ended = true;
                _end.Dispose();
                _board.Tell(_by, _conversationId, isTyping: false);
            }
        }

        public void Dispose() => _end.Dispose();
    }
}
