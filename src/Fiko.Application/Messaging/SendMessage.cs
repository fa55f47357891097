using System.Text.RegularExpressions;
using Fiko.Application.Attachments;
using Fiko.Application.Audit;
using Fiko.Application.Channels;
using Fiko.Application.Presence;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Fiko.Application.Messaging;

/// <summary>
/// An agent answers the customer. Accepted and kept when this returns; everybody, the sender included, sees it as a
/// <c>chat_message</c> when the platform answered or was waited for long enough. Answered at once only where the client_id
/// was used before.
/// </summary>
public sealed record SendMessage(
    Caller By,
    ConversationId Conversation,
    string? Content,
    string? ClientId = null,
    string? ReplyTo = null,
    IReadOnlyList<string?>? Attachments = null) : ICommand<ServerFrame?>, IAudited<ServerFrame?>
{
    // Answered is only what was stored before.
    public AuditNote? Audit(ServerFrame? result) =>
        result is null ? new("message.sent", Conversation.ToString(), new Dictionary<string, object?> { ["attachments"] = Attachments?.Count ?? 0 }) : null;
}

internal sealed partial class SendMessageValidator : AbstractValidator<SendMessage>
{
    public SendMessageValidator(IOptions<MessageOptions> options)
    {
        RuleFor(m => m.ClientId).Must(id => id is null || ClientIdForm().IsMatch(id)).AsInvalidField("client_id");
        RuleFor(m => m.ReplyTo).Must(id => id is null || MessageId.TryParse(id, out _)).AsInvalidField("reply_to");
        RuleFor(m => m.Attachments).Must(MessageFiles.AreWellNamed).AsInvalidField("attachments");
        MessageContent.AddRules(this, m => m.Content, options.Value, mayBeEmpty: m => m.Attachments is { Count: > 0 });
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}\\z")]
    private static partial Regex ClientIdForm();
}

internal sealed class SendMessageHandler(IFikoDb db, IFileLinks links, MessageFiles uploads, ChannelBook channels, TypingBoard typing, TimeProvider time)
    : IRequestHandler<SendMessage, ServerFrame?>
{
    public async Task<ServerFrame?> Handle(SendMessage send, CancellationToken ct)
    {
        var conversation = await db.Conversations.GetAsync(send.Conversation, send.By, ct);
        if (send.ClientId is not null && await FindDuplicateAsync(conversation.Id, send.ClientId, ct) is { } duplicate)
        {
            return duplicate;
        }

        var now = time.Now();
        var channel = channels.Find(conversation.Source);
        AnswerWindows.MustBeOpen(conversation, channel, now);
        var files = await uploads.TakeAsync(send.By, send.Attachments, channel, ct);
        var text = send.Content?.Trim() ?? "";
        var outgoing = MessageFiles.Describe(text, files, new OutgoingMessage(text, send.By.AgentId, send.ClientId, await OriginalAsync(send, ct)));
        var message = ChannelBook.NeedsNoDelivery(conversation.Source)
            ? conversation.AnswerAtOnce(outgoing, now)
            : conversation.Answer(outgoing, MessageFiles.Plan(channel, text, files), now);
        db.Messages.Add(message);
        await db.SaveChangesAsync(ct);
        typing.Stop(send.By, conversation.Id);
        return null;
    }

    // It may be accepted and not visible yet: then it comes back without a number, and its chat_message follows.
    private async Task<ServerFrame?> FindDuplicateAsync(long conversationId, string clientId, CancellationToken ct)
    {
        var found = await db.Messages
            .Where(m => m.ConversationId == conversationId && m.ClientId == clientId)
            .ToRows(db)
            .LoadAsync(db, links, ct);
        return found is not [var earlier] ? null : new ChatMessageFrame(earlier.View, earlier.SendResult, Duplicate: true, time.Now(), Cursor: null);
    }

    private async Task<long?> OriginalAsync(SendMessage send, CancellationToken ct)
    {
        if (!MessageId.TryParse(send.ReplyTo, out var id))
        {
            return null;
        }

        return await db.Messages.AnyAsync(m => m.Id == id.Value && m.ConversationId == send.Conversation.Value && m.Seq != null, ct)
            ? id.Value
            : throw Access.MessageNotFound("reply_to");
    }
}
