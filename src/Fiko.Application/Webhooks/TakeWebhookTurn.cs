using Fiko.Application.Shared;
using Fiko.Domain.Webhooks;
using MediatR;

namespace Fiko.Application.Webhooks;

/// <summary>
/// One turn of a subscription, in one transaction: what was answered is recorded, what the log has got since is queued, and what
/// is due is taken to be sent.
/// </summary>
/// <param name="WebhookId">Which.</param>
/// <param name="Ended">Attempts that are over.</param>
/// <param name="Room">So many may be taken.</param>
/// <param name="ReadsLog">False where the log is known to hold nothing new.</param>
public sealed record TakeWebhookTurn(long WebhookId, IReadOnlyList<EndedAttempt> Ended, int Room, bool ReadsLog) : ICommand<WebhookTurn>;

/// <param name="Attempt">As it was taken.</param>
/// <param name="Outcome">What it means.</param>
/// <param name="Answer">How it went.</param>
/// <param name="RetryAfter">How long the receiver asked to be left alone.</param>
/// <param name="Jitter">0 to 1: spreads the next attempts of many.</param>
public sealed record EndedAttempt(TakenDelivery Attempt, WebhookOutcome Outcome, WebhookAnswer Answer, TimeSpan? RetryAfter, double Jitter);

/// <summary>What an attempt's answer means.</summary>
public enum WebhookOutcome
{
    Delivered,
    Failed,

    /// <summary>The receiver wants no more, of anything.</summary>
    Gone,
}

/// <param name="Webhook">Whose turn it was; null where it is gone.</param>
/// <param name="Taken">To be sent now.</param>
/// <param name="NotBefore">When there will be more to send; null where that is not known.</param>
/// <param name="Log">Whether the log holds more.</param>
public sealed record WebhookTurn(TakenWebhook? Webhook, IReadOnlyList<TakenDelivery> Taken, DateTimeOffset? NotBefore, LogLeft Log);

/// <summary>Whether a subscription has queued all that the log holds.</summary>
public enum LogLeft
{
    Nothing,
    Something,

    /// <summary>There is more, but no room for it before something else ends.</summary>
    NoRoom,
}

/// <param name="Id">Which.</param>
/// <param name="WorkspaceId">Whose log.</param>
/// <param name="Url">Where to.</param>
/// <param name="SealedSecrets">What signs, the newest first.</param>
public sealed record TakenWebhook(long Id, long WorkspaceId, string Url, IReadOnlyList<string> SealedSecrets)
{
    // A record prints its members, and an address may hold a key.
    public override string ToString() => $"{nameof(TakenWebhook)} {Id}";
}

/// <summary>A delivery that is ours to send until the lease ends.</summary>
public sealed record TakenDelivery(long Id, int Version, long? Position, int Attempt, DateTimeOffset CreatedAt);

internal sealed class TakeWebhookTurnHandler(IMediator mediator) : IRequestHandler<TakeWebhookTurn, WebhookTurn>
{
    public async Task<WebhookTurn> Handle(TakeWebhookTurn turn, CancellationToken ct)
    {
        if (turn.Ended.Count > 0)
        {
            await mediator.Send(new SettleWebhookDeliveries(turn.WebhookId, turn.Ended), ct);
        }

        var log = turn.ReadsLog ? await mediator.Send(new QueueWebhookEvents(turn.WebhookId), ct) : LogLeft.Nothing;
        var due = await mediator.Send(new ClaimWebhookDeliveries(turn.WebhookId, turn.Room), ct);
        return new WebhookTurn(due.Webhook, due.Taken, due.NotBefore, log);
    }
}
