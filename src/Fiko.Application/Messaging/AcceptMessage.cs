using Fiko.Application.Audit;
using Fiko.Application.Channels;
using Fiko.Application.Presence;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Fiko.Application.Messaging;

/// <summary>Keeps an agent's message, with what is to be sent of it.</summary>
/// <param name="ExpectedSeq">The newest message that the agent has seen; null where they don't mind what others answered meanwhile.</param>
/// <param name="Strict">Whether the same client_id with something else is a mistake, and not simply the earlier message.</param>
public sealed record AcceptMessage(
    Caller By,
    ConversationId Conversation,
    string? Content,
    string? ClientId,
    string? ReplyTo,
    IReadOnlyList<string?>? Attachments,
    long? ExpectedSeq = null,
    bool Strict = false) : ICommand<AcceptedMessage>, IAudited<AcceptedMessage>
{
    public AuditNote? Audit(AcceptedMessage result) => result.Duplicate is null
        ? new AuditNote("message.sent", result.Message.ToString(), new Dictionary<string, object?> { ["conversation_id"] = Conversation.ToString() })
        : null;

    public string? Fingerprint() =>
        ClientId is null ? null : EarlierMessages.Fingerprint(["message", $"{By.AgentId}", Content?.Trim() ?? "", ReplyTo ?? "", .. Attachments ?? []]);
}

/// <param name="Message">The kept message, now or earlier.</param>
/// <param name="Duplicate">What the sender gets where its client_id was used before; nothing was kept then.</param>
public sealed record AcceptedMessage(MessageId Message, ChatMessageFrame? Duplicate = null);

internal sealed class AcceptMessageValidator : AbstractValidator<AcceptMessage>
{
    public AcceptMessageValidator(IOptions<MessageOptions> options)
    {
        RuleFor(m => m.ClientId).Must(EarlierMessages.IsClientId).AsInvalidField("client_id");
        RuleFor(m => m.ReplyTo).Must(id => id is null || MessageId.TryParse(id, out _)).AsInvalidField("reply_to");
        RuleFor(m => m.Attachments).Must(MessageFiles.AreWellNamed).AsInvalidField("attachments");
        RuleFor(m => m.ExpectedSeq).Must(seq => seq is null or >= 0).AsInvalidField("expected_seq");
        MessageContent.AddRules(this, m => m.Content, options.Value, mayBeEmpty: m => m.Attachments is { Count: > 0 });
    }
}

internal sealed class AcceptMessageHandler(
    IFikoDb db, EarlierMessages earlier, OtherAnswers otherAnswers, MessageFiles uploads, ChannelBook channels, TypingBoard typing, TimeProvider time)
    : IRequestHandler<AcceptMessage, AcceptedMessage>
{
    public async Task<AcceptedMessage> Handle(AcceptMessage send, CancellationToken ct)
    {
        var conversation = await db.Conversations.GetAsync(send.Conversation, send.By, ct);
        if (await earlier.FindAsync(conversation.Id, send.ClientId, send.Strict ? send.Fingerprint() : null, ct) is { } duplicate)
        {
            return duplicate;
        }

        if (send.ExpectedSeq is { } seen)
        {
            await otherAnswers.MustNotBeThereAsync(conversation, send.By, seen, ct);
        }

        var now = time.Now();
        var channel = channels.Find(conversation.Source);
        AnswerWindows.MustBeOpen(conversation, channel, now);
        var files = await uploads.TakeAsync(send.By, send.Attachments, channel, ct);
        var text = send.Content?.Trim() ?? "";
        var outgoing = new OutgoingMessage(text, send.By.AgentId, send.ClientId, await OriginalAsync(send, ct)) { Fingerprint = send.Fingerprint() };
        outgoing = MessageFiles.Describe(text, files, outgoing);
        var message = ChannelBook.NeedsNoDelivery(conversation.Source)
            ? conversation.AnswerAtOnce(outgoing, now)
            : conversation.Answer(outgoing, MessageFiles.Plan(channel, text, files), now);
        db.Messages.Add(message);
        await db.SaveChangesAsync(ct);

        // What was a draft is said now.
        await db.Drafts.Where(d => d.ConversationId == conversation.Id && d.AgentId == send.By.AgentId).ExecuteDeleteAsync(ct);
        typing.Stop(send.By, conversation.Id);
        return new AcceptedMessage(new MessageId(message.Id));
    }

    // A note is no message to answer: the customer has never seen it.
    private async Task<long?> OriginalAsync(AcceptMessage send, CancellationToken ct)
    {
        if (!MessageId.TryParse(send.ReplyTo, out var id))
        {
            return null;
        }

        return await db.Messages.AnyAsync(
            m => m.Id == id.Value && m.ConversationId == send.Conversation.Value && m.Seq != null && m.Author != MessageAuthor.Note, ct)
            ? id.Value
            : throw Access.MessageNotFound("reply_to");
    }
}
