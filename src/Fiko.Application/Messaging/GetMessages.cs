using System.Text.Json.Serialization;
using Fiko.Application.Attachments;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Messaging;

/// <summary>A page of a chat's history: before or after a number, or the newest where neither is given.</summary>
public sealed record GetMessages(Caller By, ConversationId Conversation, long? Before, long? After, int? Limit) : IRequest<MessageHistoryFrame>
{
    /// <summary>How many a page may have: a frame fewer (protocol.md) than a list over REST (rest.md).</summary>
    internal int Most { get; init; } = 200;
}

/// <summary>The page, oldest first. A type of its own, because a v1 client replaces its whole list on recent_messages.</summary>
[SentTo(TopicKind.Chat)]
public sealed record MessageHistoryFrame(
    string ConversationId,
    IReadOnlyList<MessageView> Messages,
    bool HasMore,
    long? Before,
    long? After,
    DateTimeOffset Timestamp,
    [property: JsonIgnore] long Position) : ServerFrame("message_history"), ISnapshotFrame;

internal sealed class GetMessagesValidator : AbstractValidator<GetMessages>
{
    public GetMessagesValidator()
    {
        RuleFor(q => q.Limit).Must((q, limit) => limit is null || (limit >= 1 && limit <= q.Most)).AsInvalidField("limit");
        RuleFor(q => q.Before).GreaterThanOrEqualTo(0).AsInvalidField("before");
        RuleFor(q => q.After).GreaterThanOrEqualTo(0).AsInvalidField("after");
        RuleFor(q => q.After).Null().When(q => q.Before is not null).AsInvalidField("after");
    }
}

internal sealed class GetMessagesHandler(IFikoDb db, IFileLinks links, TimeProvider time) : IRequestHandler<GetMessages, MessageHistoryFrame>
{
    private const int DefaultLimit = 50;

    public async Task<MessageHistoryFrame> Handle(GetMessages query, CancellationToken ct)
    {
        var limit = query.Limit ?? DefaultLimit;
        await using var moment = await db.ReadOneMomentAsync(ct);
        var head = await db.HeadAsync(query.By.WorkspaceId, ct);
        var rows = db.Messages.VisibleTo(query.By).Where(m => m.ConversationId == query.Conversation.Value).Visible().ToRows(db);
        var page = query.After is { } after
            ? await rows.Where(m => m.Seq > after).OrderBy(m => m.Seq).Take(limit + 1).LoadAsync(db, links, ct)
            : await rows.Where(m => m.Seq < (query.Before ?? long.MaxValue)).OrderByDescending(m => m.Seq).Take(limit + 1).LoadAsync(db, links, ct);
        var hasMore = page.Count > limit;
        var shown = page.Take(limit).Select(r => r.View).OrderBy(m => m.Seq).ToList();
        return new MessageHistoryFrame(query.Conversation.ToString(), shown, hasMore, query.Before, query.After, time.Now(), head.Position);
    }
}
