using System.Text.Json.Serialization;
using Fiko.Application.Attachments;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Messaging;

/// <summary>What a chat shows when it is opened.</summary>
public sealed record OpenChat(Caller By, ConversationId Conversation) : IRequest<RecentMessagesFrame>;

/// <summary>The newest messages, oldest first, and the place in the log at which they are all there is.</summary>
[SentTo(TopicKind.Chat)]
public sealed record RecentMessagesFrame(
    IReadOnlyList<MessageView> Messages,
    DateTimeOffset Timestamp,
    bool HasMore,
    string Cursor,
    [property: JsonIgnore] long Position) : ServerFrame("recent_messages"), ISnapshotFrame;

internal sealed class OpenChatHandler(IFikoDb db, IFileLinks links, TimeProvider time) : IRequestHandler<OpenChat, RecentMessagesFrame>
{
    private const int Shown = 50;

    public async Task<RecentMessagesFrame> Handle(OpenChat query, CancellationToken ct)
    {
        await using var moment = await db.ReadOneMomentAsync(ct);
        var head = await db.HeadAsync(query.By.WorkspaceId, ct);
        var lastSeq = await db.Conversations.VisibleTo(query.By)
            .Where(c => c.Id == query.Conversation.Value)
            .Select(c => (long?)c.LastSeq)
            .SingleOrDefaultAsync(ct) ?? throw Access.ConversationNotFound();
        var rows = await db.Messages
            .Where(m => m.ConversationId == query.Conversation.Value && m.Seq > lastSeq - Shown)
            .ToRows(db)
            .OrderBy(m => m.Seq)
            .LoadAsync(db, links, ct);
        return new RecentMessagesFrame(rows.ConvertAll(r => r.View), time.Now(), HasMore: lastSeq > Shown, head.Cursor, head.Position);
    }
}
