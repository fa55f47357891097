using Fiko.Application.Channels;
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
public sealed record ClaimedPart(long DeliveryId, int Version, int Attempt, ClaimedAccount Account, string Chat, string Text)
{
    /// <summary>The platform's id of the message that it answers.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The file that it carries.</summary>
    public ClaimedFile? File { get; init; }

    /// <summary>The free part of the answer window is over.</summary>
    public bool Late { get; init; }
}

/// <summary>Whose channel sends it.</summary>
public sealed record ClaimedAccount(long ChannelId, string Source, string? ExternalId, string? SealedToken, bool HasFailed);

/// <summary>An upload on its way out.</summary>
public sealed record ClaimedFile(long Id, FileFacts Facts, string StorageKey);

internal sealed class ClaimDeliveryHandler(IFikoDb db, ChannelBook channels, TimeProvider time, IOptions<DeliveryOptions> options) : IRequestHandler<ClaimDelivery, Claim>
{
    private static readonly TimeSpan WhileTaken = TimeSpan.FromSeconds(1);

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
            await db.ResumeAsync(next.ChannelId, AwaitedNews.Send(claim.ConversationId), ct);
            await db.SaveChangesAsync(ct);
        }

        return new Claim(null);
    }

    // The oldest message first, its parts in order. A message that stopped half-way does not go on by itself.
    private Task<Delivery?> NextAsync(long conversationId, CancellationToken ct) =>
        db.Deliveries
            .Include(d => d.Message).ThenInclude(m => m.Deliveries)
            .Include(d => d.Message).ThenInclude(m => m.Conversation)
            .Include(d => d.Attachment)
            .Where(d => d.ConversationId == conversationId
                && (d.Status == DeliveryStatus.Pending || d.Status == DeliveryStatus.Sending)
                && d.Message.Status == MessageStatus.Pending
                && d.Message.Author == MessageAuthor.Support)
            .OrderBy(d => d.MessageId).ThenBy(d => d.Part)
            .FirstOrDefaultAsync(ct);

    private async Task<Claim> BeginAsync(Delivery next, DateTimeOffset now, CancellationToken ct)
    {
        var channel = await db.Channels.SingleAsync(c => c.Id == next.ChannelId, ct);
        if (channel is { Status: ChannelStatus.Disabled, RemovedAt: null })
        {
            // Switched off for a while: it waits, in its order, until the channel is switched on.
            return new Claim(null);
        }

        if (Obstacle(next, channel, now) is { } obstacle)
        {
            next.Fail(obstacle);
            next.Message.Conversation.Settle(next.Message, now);
            await db.SaveChangesAsync(ct);
            return new Claim(null, now);
        }

        if ((await db.ReserveAsync<Delivery>([next.Id], ct)).Count == 0)
        {
            // Another server is just taking it. Not the one after it instead: parts go out in order.
            return new Claim(null, now + WhileTaken);
        }

        next.Begin(now + Patience(next) + options.Value.LeaseSlack);
        await db.SaveChangesAsync(ct);
        var account = new ClaimedAccount(channel.Id, channel.Source, channel.ExternalId, channel.SealedToken, channel.Status is ChannelStatus.Error);
        return new Claim(new ClaimedPart(next.Id, next.Version, next.Attempts, account, next.Chat, next.Text)
        {
            ReplyTo = next is { Part: 0, Message.ReplyToId: { } original } ? await ExternalIdAsync(original, ct) : null,
            File = next.Attachment is { StorageKey: { } key } file ? new ClaimedFile(file.Id, MessageFiles.FactsOf(file), key) : null,
            Late = next.Message.Conversation.ReplyUntil < now,
        });
    }

    // What is known to fail is not tried: the platform would refuse it in words that help nobody.
    private string? Obstacle(Delivery next, ChannelAccount channel, DateTimeOffset now) =>
        channel.RemovedAt is not null ? "The channel is disconnected"
        : next.Attachment is { StorageKey: null } ? "The file is gone"
        : AnswerWindows.Closed(next.Message.Conversation, channels.Find(channel.Source), now);

    // A file takes its time on the way out.
    private TimeSpan Patience(Delivery next) => next.AttachmentId is null ? options.Value.SendTimeout : options.Value.FileSendTimeout;

    private async Task<string?> ExternalIdAsync(long messageId, CancellationToken ct) =>
        await db.Messages.Where(m => m.Id == messageId).Select(m => m.ExternalId).SingleOrDefaultAsync(ct)
        ?? await db.Deliveries.Where(d => d.MessageId == messageId).OrderBy(d => d.Part).Select(d => d.ExternalId).FirstOrDefaultAsync(ct);
}
