using Fiko.Application.Audit;
using Fiko.Application.Realtime;
using Fiko.Domain.Agents;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Fiko.Domain.Customers;
using Fiko.Domain.Replies;
using Fiko.Domain.Tags;
using Fiko.Domain.Webhooks;
using Fiko.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Shared;

/// <summary>Everything that is kept.</summary>
public interface IFikoDb
{
    DbSet<Workspace> Workspaces { get; }

    DbSet<Agent> Agents { get; }

    DbSet<Session> Sessions { get; }

    DbSet<RefreshToken> RefreshTokens { get; }

    DbSet<SocketTicket> SocketTickets { get; }

    DbSet<ChannelAccount> Channels { get; }

    DbSet<InboundUpdate> InboundUpdates { get; }

    DbSet<StrayUpdate> StrayUpdates { get; }

    DbSet<GroupNotice> GroupNotices { get; }

    DbSet<PollTurn> PollTurns { get; }

    DbSet<Customer> Customers { get; }

    DbSet<CustomerTag> CustomerTags { get; }

    DbSet<CustomerNote> CustomerNotes { get; }

    DbSet<CustomerMerge> CustomerMerges { get; }

    DbSet<ErasedChat> ErasedChats { get; }

    DbSet<ChannelAddress> ChannelAddresses { get; }

    DbSet<Conversation> Conversations { get; }

    DbSet<ConversationTag> ConversationTags { get; }

    DbSet<Tag> Tags { get; }

    DbSet<CannedReply> Replies { get; }

    DbSet<Draft> Drafts { get; }

    DbSet<Message> Messages { get; }

    DbSet<PlatformId> PlatformIds { get; }

    DbSet<Attachment> Attachments { get; }

    DbSet<Delivery> Deliveries { get; }

    DbSet<ReadPosition> ReadPositions { get; }

    DbSet<LoggedEvent> Events { get; }

    DbSet<AuditEntry> AuditEntries { get; }

    DbSet<WebhookSubscription> Webhooks { get; }

    DbSet<WebhookDelivery> WebhookDeliveries { get; }

    /// <summary>Writes the changes; what the aggregates raised is appended to the event log when the command ends. Only inside a command.</summary>
    /// <exception cref="WriteConflictException">A constraint or a concurrency token says that somebody was faster.</exception>
    Task<int> SaveChangesAsync(CancellationToken ct);

    /// <summary>
    /// Of these rows, those that no other server is just taking. They are this command's until it is committed; the others are passed
    /// over without waiting. Whether a row is still to be taken, its concurrency token says.
    /// </summary>
    Task<IReadOnlySet<long>> ReserveAsync<TRow>(IReadOnlyCollection<long> ids, CancellationToken ct)
        where TRow : class;

    /// <summary>Until disposed, every read of this scope sees one and the same moment.</summary>
    Task<IAsyncDisposable> ReadOneMomentAsync(CancellationToken ct);
}
