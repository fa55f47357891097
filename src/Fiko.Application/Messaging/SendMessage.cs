using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using MediatR;

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
    IReadOnlyList<string?>? Attachments = null,
    long? ExpectedSeq = null) : IRequest<ServerFrame?>;

internal sealed class SendMessageHandler(IMediator mediator) : IRequestHandler<SendMessage, ServerFrame?>
{
    public async Task<ServerFrame?> Handle(SendMessage send, CancellationToken ct) =>
        (await mediator.Send(new AcceptMessage(send.By, send.Conversation, send.Content, send.ClientId, send.ReplyTo, send.Attachments, send.ExpectedSeq), ct)).Duplicate;
}
