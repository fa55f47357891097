using System.Text.Json.Serialization;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using MediatR;
using Microsoft.Extensions.Options;

namespace Fiko.Application.Messaging;

/// <summary>An agent, or a program for them, answers the customer and waits until everybody sees it: for the platform, or for its patience.</summary>
/// <param name="Key">The same one again answers the same and sends nothing.</param>
/// <param name="ExpectedSeq">The newest message that they have seen; null where they don't mind what others answered meanwhile.</param>
public sealed record SendAndWait(
    Caller By,
    ConversationId Conversation,
    string? Content,
    string? Key,
    string? ReplyTo,
    IReadOnlyList<string?>? Attachments,
    long? ExpectedSeq = null) : IRequest<MessageAnswer>;

/// <summary>A message, and what its platform said.</summary>
public sealed record MessageAnswer(
    MessageView Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ExternalSendResult? ExternalSendResult);

/// <summary>Says when a message becomes visible: hears of it from the commit itself, and asks nobody.</summary>
public interface IVisibleMessages
{
    MessageWatch Watch(MessageId message);
}

/// <summary>Somebody waits for a message.</summary>
/// <param name="Visible">Done when it is visible; never fails.</param>
/// <param name="Forget">Nobody waits any more.</param>
public sealed record MessageWatch(Task Visible, Action Forget) : IDisposable
{
    public void Dispose() => Forget();
}

internal sealed class SendAndWaitHandler(IMediator mediator, IVisibleMessages visible, TimeProvider time, IOptions<DeliveryOptions> options) : IRequestHandler<SendAndWait, MessageAnswer>
{
    // The worker shows it when its patience ends; this is for a worker that stumbles.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    public async Task<MessageAnswer> Handle(SendAndWait send, CancellationToken ct)
    {
        var accepted = await mediator.Send(new AcceptMessage(send.By, send.Conversation, send.Content, send.Key, send.ReplyTo, send.Attachments, send.ExpectedSeq, Strict: true), ct);

        // Watched before it is looked at: what becomes visible in between is not missed.
        using var watch = visible.Watch(accepted.Message);
        var show = new ShowMessage(send.By, send.Conversation, accepted.Message);
        var shown = await mediator.Send(show, ct);
        if (shown.Message.Seq is not null)
        {
            return shown;
        }

        await watch.Visible.WaitAsync(options.Value.InlineWait + Slack, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ct.ThrowIfCancellationRequested();
        return await mediator.Send(show, ct);
    }
}
