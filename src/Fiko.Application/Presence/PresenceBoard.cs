using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;

namespace Fiko.Application.Presence;

/// <summary>A user came into a chat, or left it.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Username">As colleagues see them.</param>
/// <param name="IsOnline">Whether they have the chat open.</param>
/// <param name="ConversationId">Which.</param>
/// <param name="Timestamp">When this was so.</param>
/// <param name="Viewing">The same, by the name that says what it is good for: not answering twice.</param>
/// <param name="Composing">Whether they type a reply at this moment; what changes later is told by typing_indicator.</param>
[SentTo(TopicKind.Chat)]
public sealed record UserPresenceFrame(
    long UserId, string Username, bool IsOnline, string ConversationId, DateTimeOffset Timestamp, bool Viewing, bool Composing)
    : ServerFrame("user_presence");

/// <summary>
/// Who is in which chat, on this instance and on the others (protocol.md, Presence): from the first of a user's sockets to the
/// last, and 3 s longer, so that a reload does not flicker. Each instance tells its own sockets what it finds.
/// </summary>
public sealed class PresenceBoard(IBroadcaster broadcaster, IPeers peers, TypingBoard typing, TimeProvider time)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private readonly Dictionary<long, Dictionary<long, Presence>> _chats = [];
    private bool _frozen;

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
            var known = FindOrAdd(PresentAgent.Of(by), conversation.Value);
            var wasHere = known.IsHere;
            known.Sockets++;
            known.Stay();
            if (!wasHere)
            {
                peers.Tell(new PresenceSign(known.Agent, conversation.Value, SignKind.Came));
            }

            greet([.. _chats[conversation.Value].Values.Where(p => p.Agent.Id != by.AgentId).Select(p => Frame(p, isOnline: true))]);
        }
    }

    /// <summary>Counts a socket out. Presence ends with the user's last one, after the grace.</summary>
    public void Leave(Caller by, ConversationId conversation)
    {
        lock (_lock)
        {
            if (Find(by.AgentId, conversation.Value) is not { } known || --known.Sockets > 0 || _frozen)
            {
                return;
            }

            known.Stay();
            var leaving = known.Stays;
            known.Leaving = time.CreateTimer(_ => Gone(known, leaving), null, Grace, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>
    /// This instance goes down and closes its sockets: that they leave is told to nobody, because their users come back on
    /// another one. What stays away ends with this instance's lease.
    /// </summary>
    public void Freeze()
    {
        lock (_lock)
        {
            _frozen = true;
        }
    }

    /// <summary>Another instance told of somebody there.</summary>
    public void Hear(Guid instance, PresenceSign sign)
    {
        lock (_lock)
        {
            if (sign.Kind is SignKind.Came)
            {
                FindOrAdd(sign.Agent, sign.ConversationId).Instances.Add(instance);
            }
            else if (Find(sign.Agent.Id, sign.ConversationId) is { } known && known.Instances.Remove(instance))
            {
                EndIfNowhere(known);
            }
        }
    }

    /// <summary>Another instance told of everybody there is of a workspace: whoever else was known there is not any more.</summary>
    public void Hear(Guid instance, long workspaceId, IReadOnlyList<PresenceSign> everybody)
    {
        var there = everybody.Select(s => (s.ConversationId, s.Agent.Id)).ToHashSet();
        lock (_lock)
        {
            RemoveFrom(instance, p => p.Agent.WorkspaceId == workspaceId && !there.Contains((p.ConversationId, p.Agent.Id)));
            foreach (var sign in everybody)
            {
                FindOrAdd(sign.Agent, sign.ConversationId).Instances.Add(instance);
            }
        }
    }

    /// <summary>Another instance's lease has ended, and with it whoever was there alone.</summary>
    public void Lose(Guid instance)
    {
        lock (_lock)
        {
            RemoveFrom(instance, _ => true);
        }
    }

    /// <summary>Nobody of the workspace is on this instance any more: what happens to it elsewhere is not heard from now on.</summary>
    public void Forget(long workspaceId)
    {
        lock (_lock)
        {
            foreach (var known in All().Where(p => p.Agent.WorkspaceId == workspaceId && p.Instances.Count > 0).ToArray())
            {
                known.Instances.Clear();
                EndIfNowhere(known);
            }
        }
    }

    /// <summary>Everybody of a workspace who is on this instance.</summary>
    public IReadOnlyList<PresenceSign> Here(long workspaceId)
    {
        lock (_lock)
        {
            return [.. All().Where(p => p.IsHere && p.Agent.WorkspaceId == workspaceId).Select(p => new PresenceSign(p.Agent, p.ConversationId, SignKind.Came))];
        }
    }

    private void Gone(Presence known, int leaving)
    {
        lock (_lock)
        {
            // The user may have come back while this timer was about to fire.
            if (known.Sockets > 0 || known.Stays != leaving || _frozen)
            {
                return;
            }

            known.Stay();
            peers.Tell(new PresenceSign(known.Agent, known.ConversationId, SignKind.Left));
            EndIfNowhere(known);
        }
    }

    private void RemoveFrom(Guid instance, Func<Presence, bool> which)
    {
        foreach (var known in All().Where(p => p.Instances.Contains(instance) && which(p)).ToArray())
        {
            known.Instances.Remove(instance);
            EndIfNowhere(known);
        }
    }

    private void EndIfNowhere(Presence known)
    {
        if (known.IsHere || known.Instances.Count > 0 || !_chats.TryGetValue(known.ConversationId, out var chat) || !chat.Remove(known.Agent.Id))
        {
            return;
        }

        if (chat.Count == 0)
        {
            _chats.Remove(known.ConversationId);
        }

        Tell(known, isOnline: false);
    }

    private IEnumerable<Presence> All() => _chats.Values.SelectMany(chat => chat.Values);

    private Presence? Find(long agentId, long conversationId) => _chats.GetValueOrDefault(conversationId)?.GetValueOrDefault(agentId);

    private Presence FindOrAdd(PresentAgent agent, long conversationId)
    {
        if (!_chats.TryGetValue(conversationId, out var chat))
        {
            _chats[conversationId] = chat = [];
        }

        if (!chat.TryGetValue(agent.Id, out var known))
        {
            chat[agent.Id] = known = new Presence(agent, conversationId);
            Tell(known, isOnline: true);
        }

        return known;
    }

    private void Tell(Presence who, bool isOnline) =>
        broadcaster.Send(Topic.Chat(who.ConversationId), who.Agent.Id, $"presence:{who.Agent.Id}", Frame(who, isOnline));

    private UserPresenceFrame Frame(Presence who, bool isOnline) =>
        new(
            who.Agent.Id,
            who.Agent.Name,
            isOnline,
            new ConversationId(who.ConversationId).ToString(),
            time.Now(),
            Viewing: isOnline,
            Composing: isOnline && typing.IsTyping(who.Agent.Id, who.ConversationId));

    private sealed class Presence(PresentAgent agent, long conversationId)
    {
        public PresentAgent Agent { get; } = agent;

        public long ConversationId { get; } = conversationId;

        /// <summary>Sockets on this instance.</summary>
        public int Sockets { get; set; }

        /// <summary>The other instances with sockets of the user.</summary>
        public HashSet<Guid> Instances { get; } = [];

        public ITimer? Leaving { get; set; }

        /// <summary>Rises whenever a leaving is over or was thought better of.</summary>
        public int Stays { get; private set; }

        public bool IsHere => Sockets > 0 || Leaving is not null;

        public void Stay()
        {
            Leaving?.Dispose();
            Leaving = null;
            Stays++;
        }
    }
}
