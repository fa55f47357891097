using Fiko.Application.Audit;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Messaging;

/// <summary>An agent has read the customer's messages, all or up to one. Answered only where nothing was unread; else everybody is told.</summary>
public sealed record MarkRead(Caller By, ConversationId Conversation, string? UpTo = null) : ICommand<ServerFrame?>, IAudited<ServerFrame?>
{
    public AuditNote? Audit(ServerFrame? result) => result is null ? new AuditNote("conversation.read", Conversation.ToString()) : null;
}

/// <summary>Someone read the chat up to a message.</summary>
[SentTo(TopicKind.Chat)]
public sealed record MessagesReadFrame(long UserId, string ConversationId, long UpToSeq, DateTimeOffset Timestamp, string? Cursor)
    : DurableFrame("messages_read", Cursor);

internal sealed class MarkReadValidator : AbstractValidator<MarkRead>
{
    public MarkReadValidator() =>
        RuleFor(m => m.UpTo).Must(id => id is null || MessageId.TryParse(id, out _)).AsInvalidField("up_to");
}

internal sealed class MarkReadHandler(IFikoDb db, TimeProvider time) : IRequestHandler<MarkRead, ServerFrame?>
{
    public async Task<ServerFrame?> Handle(MarkRead read, CancellationToken ct)
    {
        var now = time.Now();
        var conversation = await db.Conversations.GetAsync(read.Conversation, read.By, ct);
        var upTo = read.UpTo is null ? conversation.LastSeq : await SeqOfAsync(read, ct);
        var unreadAfter = upTo >= conversation.LastSeq ? 0 : await db.Messages.CountAsync(
            m => m.ConversationId == conversation.Id && m.Seq > upTo && m.Author == MessageAuthor.Customer, ct);

        var news = conversation.MarkRead(read.By.AgentId, upTo, unreadAfter);
        await RememberAsync(conversation.Id, read.By.AgentId, upTo, now, ct);
        await db.SaveChangesAsync(ct);
        return news ? null : new MessagesReadFrame(read.By.AgentId, read.Conversation.ToString(), conversation.ReadUpToSeq, now, Cursor: null);
    }

    private async Task<long> SeqOfAsync(MarkRead read, CancellationToken ct)
    {
        _ = MessageId.TryParse(read.UpTo, out var id);
        return await db.Messages
            .Where(m => m.Id == id.Value && m.ConversationId == read.Conversation.Value && m.Seq != null)
            .Select(m => m.Seq)
            .SingleOrDefaultAsync(ct) ?? throw Access.MessageNotFound("up_to");
    }

    private async Task RememberAsync(long conversationId, long agentId, long upTo, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.ReadPositions.FindAsync([conversationId, agentId], ct) is { } position)
        {
            position.Advance(upTo, now);
        }
        else
        {
            db.ReadPositions.Add(new ReadPosition(conversationId, agentId, upTo, now));
        }
    }
}

internal sealed class BroadcastRead : INotificationHandler<Raised<ConversationRead>>
{
    public Task Handle(Raised<ConversationRead> news, CancellationToken ct)
    {
        var read = news.Event;
        var chat = Topic.Chat(read.ConversationId);
        if (news.To.Wants(chat))
        {
            news.To.Push(chat, new MessagesReadFrame(read.AgentId, new ConversationId(read.ConversationId).ToString(), read.UpToSeq, news.At, news.Cursor));
        }

        return Task.CompletedTask;
    }
}
