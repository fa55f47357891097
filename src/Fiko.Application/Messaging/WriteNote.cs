using Fiko.Application.Audit;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.Options;

namespace Fiko.Application.Messaging;

/// <summary>An agent writes something for colleagues between the messages. Everybody in the chat sees it as a <c>chat_message</c> of type note; no customer ever does.</summary>
/// <param name="Mentions">User ids that it calls, beside those that its text names with an @.</param>
public sealed record WriteNote(Caller By, ConversationId Conversation, string? Content, string? ClientId = null, IReadOnlyList<long>? Mentions = null) : IRequest<ServerFrame?>;

internal sealed class WriteNoteHandler(IMediator mediator) : IRequestHandler<WriteNote, ServerFrame?>
{
    public async Task<ServerFrame?> Handle(WriteNote write, CancellationToken ct) =>
        (await mediator.Send(new AcceptNote(write.By, write.Conversation, write.Content, write.ClientId, write.Mentions), ct)).Duplicate;
}

/// <summary>Keeps a note. It is visible at once: there is nothing to wait for.</summary>
public sealed record AcceptNote(Caller By, ConversationId Conversation, string? Content, string? ClientId, IReadOnlyList<long>? Mentions, bool Strict = false)
    : ICommand<AcceptedMessage>, IAudited<AcceptedMessage>
{
    public AuditNote? Audit(AcceptedMessage result) => result.Duplicate is null
        ? new AuditNote("note.written", result.Message.ToString(), new Dictionary<string, object?> { ["conversation_id"] = Conversation.ToString() })
        : null;

    public string? Fingerprint() => ClientId is null
        ? null
        : EarlierMessages.Fingerprint(["note", $"{By.AgentId}", Content?.Trim() ?? "", .. (Mentions ?? []).Select(id => $"{id}")]);
}

internal sealed class AcceptNoteValidator : AbstractValidator<AcceptNote>
{
    public AcceptNoteValidator(IOptions<MessageOptions> options)
    {
        RuleFor(n => n.ClientId).Must(EarlierMessages.IsClientId).AsInvalidField("client_id");
        RuleFor(n => n.Mentions).Must(ids => ids is null || ids.Count <= Mentioning.Most).AsInvalidField("mentions");
        MessageContent.AddRules(this, n => n.Content, options.Value);
    }
}

internal sealed class AcceptNoteHandler(IFikoDb db, EarlierMessages earlier, TimeProvider time) : IRequestHandler<AcceptNote, AcceptedMessage>
{
    public async Task<AcceptedMessage> Handle(AcceptNote write, CancellationToken ct)
    {
        var conversation = await db.Conversations.GetAsync(write.Conversation, write.By, ct);
        if (await earlier.FindAsync(conversation.Id, write.ClientId, write.Strict ? write.Fingerprint() : null, ct) is { } duplicate)
        {
            return duplicate;
        }

        var text = write.Content!.Trim();
        var mentions = await Mentioning.ResolveAsync(db, write.By, text, write.Mentions ?? [], ct);
        var note = conversation.Annotate(new InternalNote(text, write.By.AgentId, mentions, write.ClientId, write.Fingerprint()), time.Now());
        db.Messages.Add(note);
        await db.SaveChangesAsync(ct);
        return new AcceptedMessage(new MessageId(note.Id));
    }
}
