using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;

namespace Fiko.Application.Presence;

/// <summary>A user came into a chat, or left it.</summary>
[SentTo(TopicKind.Chat)]
public sealed record UserPresenceFrame(long UserId, string Username, bool IsOnline, string ConversationId, DateTimeOffset Timestamp)
    : ServerFrame("user_presence");

/// <summary>
/// Who is in which chat (protocol.md, Presence): from the first of a user's sockets to the last, and 3 s longer, so that
/// a reload does not flicker.
/// </summary>
public sealed class PresenceBoard(IBroadcaster broadcaster, TimeProvider time)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private readonly Dictionary<long, Dictionary<long, Presence>> _chats = [];

    /// <summary>Counts a socket in and tells the others where it is the user's first.</summary>
    /// <param name="by">Who comes.</param>
    /// <param name="conversation">Where.</param>
    /// <param name="greet">
    /// Tells the newcomer of the other users who are there already. Called before anything further happens here, so that
    /// news about one of them can't come first.
    /// </param>
    public void Enter(Caller by, ConversationId conversation, Action<IReadOnlyList<UserPresenceFrame>> greet)
    {
        lock (_lock)
        {
            if (!_chats.TryGetValue(conversation.Value, out var chat))
            {
                _chats[conversation.Value] = chat = [];
            }

            if (chat.TryGetValue(by.AgentId, out var known))
            {
                known.Sockets++;
                known.Leaving?.Dispose();
                known.Leaving = null;
            }
            else
            {
                chat[by.AgentId] = new Presence(by) { Sockets = 1 };
                Tell(by, conversation, isOnline: true);
            }

            greet([.. chat.Values.Where(p => p.By.AgentId != by.AgentId).Select(p => Frame(p.By, conversation, isOnline: true))]);
        }
    }

    /// <summary>Counts a socket out. Presence ends with the user's last one, after the grace.</summary>
    public void Leave(Caller by, ConversationId conversation)
    {
        lock (_lock)
        {
            if (!_chats.TryGetValue(conversation.Value, out var chat) || !chat.TryGetValue(by.AgentId, out var known) || --known.Sockets > 0)
            {
                return;
            }

            known.Leaving?.Dispose();
            known.Leaving = time.CreateTimer(_ => Gone(known, conversation), null, Grace, Timeout.InfiniteTimeSpan);
        }
    }

    private void Gone(Presence presence, ConversationId conversation)
    {
        lock (_lock)
        {
            // The user may have come back while this timer was about to fire.
            if (presence.Sockets > 0 || !_chats.TryGetValue(conversation.Value, out var chat) || !chat.Remove(presence.By.AgentId))
            {
                return;
            }

            presence.Leaving?.Dispose();
            if (chat.Count == 0)
            {
                _chats.Remove(conversation.Value);
            }

            Tell(presence.By, conversation, isOnline: false);
        }
    }

    private void Tell(Caller by, ConversationId conversation, bool isOnline) =>
        broadcaster.Send(Topic.Chat(conversation.Value), by.AgentId, $"presence:{by.AgentId}", Frame(by, conversation, isOnline));

    private UserPresenceFrame Frame(Caller by, ConversationId conversation, bool isOnline) =>
        new(by.AgentId, by.Name, isOnline, conversation.ToString(), time.Now());

    private sealed class Presence(Caller by)
    {
        public Caller By { get; } = by;

        public int Sockets { get; set; }

        public ITimer? Leaving { get; set; }
    }
}
