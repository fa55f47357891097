using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Fiko.Application.Messaging;

/// <summary>Takes the next part that is due in a conversation, and records that an attempt begins.</summary>
public sealed record ClaimDelivery(long ConversationId) : ICommand<Claim>;

/// <summary>What there is to do in a conversation's lane.</summary>
/// <param name="Part">To be sent now; null where there is nothing, or not yet.</param>
/// <param name="NotBefore">When to look again; null where nothing is left.</param>
public sealed record Claim(ClaimedPart? Part, DateTimeOffset? NotBefore = null);

/// <summary>A part that is ours to send until the lease ends.</summary>
public sealed record ClaimedPart(long DeliveryId, int Version, int Attempt, long ChannelId, string Source, string? SealedToken, string Chat, string Text, string? ReplyTo, bool ChannelFailed);

internal sealed class ClaimDeliveryHandler(IFikoDb db, TimeProvider time, IOptions<DeliveryOptions> options) : IRequestHandler<ClaimDelivery, Claim>
{
    public async Task<Claim> Handle(ClaimDelivery claim, CancellationToken ct)
    {
        var now = time.Now();
        while (await NextAsync(claim.ConversationId, ct) is { } next)
        {
            if (next.Status is DeliveryStatus.Pending)
            {
                return next.DueAt > now ? new Claim(null, next.DueAt) : await BeginAsync(next, now, ct);
            }

            if (next.LeaseUntil > now)
            {
                return new Claim(null, next.LeaseUntil);
            }

            // Whoever began this attempt is gone, and took the answer along.
            next.LoseTrack("The server stopped while it was being sent; it may or may not have arrived");
            next.Message.Conversation.Settle(next.Message, now);
            await db.SaveChangesAsync(ct);
        }

        return new Claim(null);
    }

    // The oldest message first, its parts in order. A message that stopped half-way does not go on by itself.
    private Task<Delivery?> NextAsync(long conversationId, CancellationToken ct) =>
        db.Deliveries
            .Include(d => d.Message).ThenInclude(m => m.Deliveries)
            .Include(d => d.Message).ThenInclude(m => m.Conversation)
            .Where(d => d.ConversationId == conversationId
                && (d.Status == DeliveryStatus.Pending || d.Status == DeliveryStatus.Sending)
                && (d.Message.Status == MessageStatus.Pending))
            .OrderBy(d => d.MessageId).ThenBy(d => d.Part)
            .FirstOrDefaultAsync(ct);

    private async Task<Claim> BeginAsync(Delivery next, DateTimeOffset now, CancellationToken ct)
    {
        var channel = await db.Channels.SingleAsync(c => c.Id == next.ChannelId, ct);
        if (channel.Status is ChannelStatus.Disabled)
        {
            next.Fail("The channel is disconnected");
            next.Message.Conversation.Settle(next.Message, now);
            await db.SaveChangesAsync(ct);
            return new Claim(null, now);
        }

        next.Begin(now + options.Value.SendTimeout + options.Value.LeaseSlack);
        await db.SaveChangesAsync(ct);
        var replyTo = next is { Part: 0, Message.ReplyToId: { } original } ? await ExternalIdAsync(original, ct) : null;
        return new Claim(new ClaimedPart(next.Id, next.Version, next.Attempts, channel.Id, channel.Source, channel.SealedToken, next.Chat, next.Text, replyTo, channel.Status is ChannelStatus.Error));
    }

    private async Task<string?> ExternalIdAsync(long messageId, CancellationToken ct) =>
        await db.Messages.Where(m => m.Id == messageId).Select(m => m.ExternalId).SingleOrDefaultAsync(ct)
        ?? await db.Deliveries.Where(d => d.MessageId == messageId).OrderBy(d => d.Part).Select(d => d.ExternalId).FirstOrDefaultAsync(ct);
}
