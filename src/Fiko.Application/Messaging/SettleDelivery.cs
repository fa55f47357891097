using Fiko.Application.Channels;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Fiko.Application.Messaging;

/// <summary>Records what the platform did with a part.</summary>
/// <param name="Part">As it was claimed.</param>
/// <param name="Outcome">What is known.</param>
/// <param name="Jitter">0 to 1: spreads the next attempts of many.</param>
public sealed record SettleDelivery(ClaimedPart Part, SendOutcome Outcome, double Jitter) : ICommand<Unit>;

internal sealed class SettleDeliveryHandler(IFikoDb db, PlatformChats chats, ChannelBook channels, IMediator mediator, TimeProvider time, IOptions<DeliveryOptions> options) : IRequestHandler<SettleDelivery, Unit>
{
    public async Task<Unit> Handle(SettleDelivery settle, CancellationToken ct)
    {
        var delivery = await db.Deliveries
            .Include(d => d.Message).ThenInclude(m => m.Deliveries)
            .Include(d => d.Message).ThenInclude(m => m.Conversation)
            .SingleOrDefaultAsync(d => d.Id == settle.Part.DeliveryId, ct);
        var now = time.Now();
        if (delivery is null || (delivery.Version != settle.Part.Version && !Settles(delivery, settle.Outcome)))
        {
            return Unit.Value;
        }

        await ApplyAsync(delivery, settle, now, ct);
        delivery.Message.Conversation.Settle(delivery.Message, now);
        await db.ResumeAsync(delivery.ChannelId, AwaitedNews.Send(delivery.ConversationId), ct);
        await db.SaveChangesAsync(ct);
        return Unit.Value;
    }

    // An answer that comes after the lease ended is still the truth about an attempt that was given up as uncertain.
    private static bool Settles(Delivery delivery, SendOutcome outcome) =>
        delivery.Status is DeliveryStatus.Uncertain && outcome is SendOutcome.Sent;

    private async Task ApplyAsync(Delivery delivery, SettleDelivery settle, DateTimeOffset now, CancellationToken ct)
    {
        switch (settle.Outcome)
        {
            case SendOutcome.Sent sent:
                await SucceedAsync(delivery, settle.Part, sent.ExternalId, ct);
                if (settle.Part.Account.HasFailed)
                {
                    (await db.Channels.SingleAsync(c => c.Id == delivery.ChannelId, ct)).Recover();
                }

                break;
            case SendOutcome.NotTaken again when delivery.Attempts < options.Value.MaxAttempts:
                delivery.Postpone(now + Pause(delivery.Attempts, again.RetryAfter, settle.Jitter), again.Error);
                break;
            case SendOutcome.NotTaken final:
                delivery.Fail($"Given up after {delivery.Attempts} attempts: {final.Error}");
                break;
            case SendOutcome.Refused refused:
                delivery.Fail(refused.Error);
                if (refused.ChannelBroken)
                {
                    (await db.Channels.SingleAsync(c => c.Id == delivery.ChannelId, ct)).Fail(refused.Error);
                }

                break;
            case SendOutcome.Moved moved:
                delivery.MoveTo(moved.Chat, now);
                await mediator.Send(new MoveChat(delivery.ChannelId, new ChatMoved(settle.Part.Chat, moved.Chat)), ct);
                break;
            case SendOutcome.Unknown unknown:
                delivery.LoseTrack(unknown.Error);
                break;
        }
    }

    // Its receipt, or a reaction to it, may have come before this answer.
    private async Task SucceedAsync(Delivery delivery, ClaimedPart part, string? externalId, CancellationToken ct)
    {
        var scope = channels.Find(part.Account.Source)?.ScopeOf(part.Chat) ?? part.Chat;
        var known = externalId is not null && await chats.IsKnownAsync(delivery.ChannelId, scope, externalId, ct);
        delivery.Succeed(scope, known ? null : externalId);
        if (externalId is not null)
        {
            await db.ResumeAsync(delivery.ChannelId, AwaitedNews.Message(scope, externalId), ct);
        }
    }

    // Half of the back-off is fixed and half is chance, so that what failed together does not come back together.
    private TimeSpan Pause(int attempts, TimeSpan? asked, double jitter)
    {
        var (first, longest) = (options.Value.Backoff, options.Value.MaxBackoff);
        var grown = TimeSpan.FromTicks(Math.Min(longest.Ticks, first.Ticks << Math.Min(attempts - 1, 20)));
        var spread = grown * (0.5 + (jitter / 2));
        return asked is { } wait && wait > spread ? wait : spread;
    }
}
