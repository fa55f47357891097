using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Fiko.Infrastructure.Persistence;

/// <summary>What a transaction changed that somebody waits for. Hints only: who misses one finds the same in the database.</summary>
internal sealed class Committed
{
    private readonly List<Delivery> _deliveries = [];
    private readonly List<InboundUpdate> _updates = [];
    private readonly List<long> _read = [];

    /// <summary>Workspaces whose log has grown, and to which position.</summary>
    public Dictionary<long, long> Heads { get; } = [];

    /// <summary>Conversations with something to send.</summary>
    public IEnumerable<long> Deliveries => _deliveries.Select(d => d.ConversationId).Distinct();

    /// <summary>Lanes with updates to apply.</summary>
    public IEnumerable<(long ChannelId, string Lane)> Updates => _updates.Select(u => (u.ChannelId, u.Lane)).Distinct();

    /// <summary>Conversations that somebody read.</summary>
    public IReadOnlyList<long> Read => _read;

    public void Note(ChangeTracker tracker)
    {
        foreach (var entry in tracker.Entries())
        {
            switch (entry)
            {
                case { Entity: Delivery { Status: DeliveryStatus.Pending } delivery, State: EntityState.Added or EntityState.Modified }:
                    _deliveries.Add(delivery);
                    break;
                case { Entity: InboundUpdate { Status: InboundStatus.Pending } update, State: EntityState.Added or EntityState.Modified }:
                    _updates.Add(update);
                    break;
                case { Entity: Conversation conversation, State: EntityState.Modified } when entry.Property(nameof(Conversation.ReadUpToSeq)).IsModified:
                    _read.Add(conversation.Id);
                    break;
            }
        }
    }

    public void Advance(long workspaceId, long head) => Heads[workspaceId] = head;
}

/// <summary>Hears of every commit of this server, after it. Must not throw and not wait.</summary>
internal interface ICommitListener
{
    void OnCommitted(Committed changes);
}
