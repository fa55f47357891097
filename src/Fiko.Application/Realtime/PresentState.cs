using System.Collections.Frozen;
using Fiko.Application.Attachments;
using Fiko.Application.Conversations;
using Fiko.Application.Messaging;
using Fiko.Application.Shared;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Realtime;

/// <summary>What frames are built from: the conversations and messages that a batch of events refers to, as they are now.</summary>
public sealed class PresentState
{
    private readonly FrozenDictionary<long, ConversationView> _conversations;
    private readonly FrozenDictionary<long, MessageRow> _messages;

    private PresentState(long workspaceId, IEnumerable<ConversationView> conversations, IEnumerable<MessageRow> messages)
    {
        Inbox = Topic.Inbox(workspaceId);
        _conversations = conversations.ToFrozenDictionary(c => c.Key);
        _messages = messages.ToFrozenDictionary(m => m.Key);
    }

    /// <summary>The list sockets of the workspace whose log this is about.</summary>
    public Topic Inbox { get; }

    /// <summary>Null where it has been erased since: then there is nothing left to tell.</summary>
    public ConversationView? Conversation(long id) => _conversations.GetValueOrDefault(id);

    public MessageRow? Message(long id) => _messages.GetValueOrDefault(id);

    /// <summary>Two queries, however many events, and one more each where a message has files or mentions, or a conversation has tags.</summary>
    /// <param name="db">Where from.</param>
    /// <param name="links">Makes the links of files.</param>
    /// <param name="workspaceId">Whose log the events are from: nothing of another is ever told.</param>
    /// <param name="events">What the frames will be about.</param>
    /// <param name="summaries">False where only a chat listens, most of whose frames need none.</param>
    /// <param name="ct">Ends the reading.</param>
    public static async Task<PresentState> LoadAsync(IFikoDb db, IFileLinks links, long workspaceId, IReadOnlyList<LoggedEvent> events, bool summaries, CancellationToken ct)
    {
        var conversationIds = events.Where(e => summaries || ShowsSummaryInChat(e)).Select(e => e.ConversationId).Distinct().ToArray();
        var messageIds = events.Where(e => e.MessageId is not null).Select(e => e.MessageId!.Value).Distinct().ToArray();

        // By their own keys alone: were the workspace in these statements too, SQLite would go through all of it to find the few.
        var conversations = conversationIds.Length == 0 ? [] : await db.Conversations
            .Where(c => conversationIds.Contains(c.Id))
            .ToViews(db).LoadAsync(db, links, ct);
        var messages = messageIds.Length == 0 ? [] : await db.Messages
            .Where(m => messageIds.Contains(m.Id))
            .Visible()
            .ToRows(db).LoadAsync(db, links, ct);
        return new PresentState(
            workspaceId,
            conversations.Where(c => c.WorkspaceId == workspaceId),
            messages.Where(m => m.WorkspaceId == workspaceId));
    }

    // What happens to a conversation as a whole is told to its chat with the summary, too.
    private static bool ShowsSummaryInChat(LoggedEvent e) => e is { MessageId: null, Concerns: TopicKind.Inbox | TopicKind.Chat };
}
