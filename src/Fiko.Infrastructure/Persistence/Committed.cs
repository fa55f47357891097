using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Fiko.Domain.Customers;
using Fiko.Domain.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Fiko.Infrastructure.Persistence;

/// <summary>What a transaction changed that somebody waits for. Hints only: who misses one finds the same in the database.</summary>
internal sealed class Committed
{
    private readonly List<Delivery> _deliveries = [];
    private readonly List<InboundUpdate> _updates = [];
    private readonly List<long> _read = [];
    private readonly List<Message> _shown = [];
    private readonly List<Attachment> _files = [];
    private readonly List<ChannelAddress> _profiles = [];
    private readonly List<WebhookSubscription> _webhooks = [];
    private readonly List<WebhookDelivery> _wanted = [];
    private List<Message> _messages = [];
    private List<Customer> _customers = [];

    /// <summary>Workspaces whose log has grown, and by what.</summary>
    public Dictionary<long, LogRange> Logs { get; } = [];

    /// <summary>Conversations with something to send.</summary>
    public IEnumerable<long> Deliveries => _deliveries.Select(d => d.ConversationId).Distinct();

    /// <summary>Lanes with updates to apply.</summary>
    public IEnumerable<(long ChannelId, string Lane)> Updates => _updates.Select(u => (u.ChannelId, u.Lane)).Distinct();

    /// <summary>Conversations that somebody read.</summary>
    public IReadOnlyList<long> Read => _read;

    /// <summary>Messages that became visible.</summary>
    public IEnumerable<long> Shown => _shown.Select(m => m.Id);

    /// <summary>Customers' files to be fetched.</summary>
    public IEnumerable<(long AttachmentId, long ChannelId)> Files =>
        _files.Where(f => f is { Status: AttachmentStatus.Pending, RemoteId: not null, ChannelId: not null }).Select(f => (f.Id, f.ChannelId!.Value));

    /// <summary>Whether bytes are to be forgotten.</summary>
    public bool FilesDeleted => _files.Exists(f => f is { Status: AttachmentStatus.Deleted, StorageKey: not null });

    /// <summary>Addresses whose profile is to be asked for.</summary>
    public IEnumerable<(long AddressId, long ChannelId)> Profiles => _profiles.Where(a => a.ProfileDueAt is not null).Select(a => (a.Id, a.ChannelId));

    /// <summary>Subscriptions that a person changed.</summary>
    public IEnumerable<(long WebhookId, long WorkspaceId)> Webhooks => _webhooks.Select(w => (w.Id, w.WorkspaceId));

    /// <summary>Subscriptions with deliveries that a person asked for.</summary>
    public IEnumerable<long> WebhooksToSend => _wanted.Select(d => d.WebhookId).Distinct();

    public void Note(ChangeTracker tracker)
    {
        foreach (var entry in tracker.Entries())
        {
            switch (entry)
            {
                case { Entity: Delivery { Status: DeliveryStatus.Pending } delivery, State: EntityState.Added or EntityState.Modified }:
                    _deliveries.Add(delivery);
                    break;
                case { Entity: Message { IsVisible: true } message, State: EntityState.Added or EntityState.Modified }:
                    NoteMessage(entry, message);
                    break;
                case { Entity: InboundUpdate { Status: InboundStatus.Pending } update, State: EntityState.Added or EntityState.Modified }:
                    _updates.Add(update);
                    break;
                case { Entity: Attachment file, State: EntityState.Added or EntityState.Modified }:
                    _files.Add(file);
                    break;
                case { Entity: ChannelAddress address, State: EntityState.Added or EntityState.Modified }:
                    _profiles.Add(address);
                    break;
                case { Entity: WebhookSubscription webhook, State: EntityState.Added or EntityState.Modified }
                    when entry.State is EntityState.Added || entry.Property(nameof(WebhookSubscription.Version)).IsModified:
                    _webhooks.Add(webhook);
                    break;
                case { Entity: WebhookDelivery { Status: WebhookDeliveryStatus.Pending, Attempts: 0 } delivery }
                    when entry.State is EntityState.Modified || (entry.State is EntityState.Added && delivery.Position is null):
                    _wanted.Add(delivery);
                    break;
                case { Entity: Customer customer, State: EntityState.Added or EntityState.Modified } when entry.State is EntityState.Added || IsCalledOtherwise(entry):
                    _customers.Add(customer);
                    break;
                case { Entity: Conversation conversation, State: EntityState.Modified } when entry.Property(nameof(Conversation.ReadUpToSeq)).IsModified:
                    _read.Add(conversation.Id);
                    break;
            }
        }
    }

    /// <summary>What the rows just written say anew: the index takes it, once.</summary>
    public (IReadOnlyList<Message> Messages, IReadOnlyList<Customer> Customers) TakeSearched()
    {
        var taken = (_messages, _customers);
        (_messages, _customers) = (_messages.Count == 0 ? _messages : [], _customers.Count == 0 ? _customers : []);
        return taken;
    }

    public void Append(long workspaceId, LogRange added) => Logs.Add(workspaceId, added);

    // A customer's row changes with each message; what they are called hardly ever does.
    private static bool IsCalledOtherwise(EntityEntry customer) =>
        customer.Property(nameof(Customer.FirstName)).IsModified
        || customer.Property(nameof(Customer.LastName)).IsModified
        || customer.Property(nameof(Customer.Username)).IsModified
        || customer.Property(nameof(Customer.Email)).IsModified
        || customer.Property(nameof(Customer.PhoneNumber)).IsModified;

    private void NoteMessage(EntityEntry entry, Message message)
    {
        var isShown = entry.State is EntityState.Added || entry.Property(nameof(Message.Seq)).IsModified;
        if (isShown && entry.State is EntityState.Modified && message.Author is MessageAuthor.Support)
        {
            _shown.Add(message);
        }

        if (isShown || entry.Property(nameof(Message.Content)).IsModified || entry.Property(nameof(Message.DeletedAt)).IsModified)
        {
            _messages.Add(message);
        }
    }
}

/// <summary>Positions of a workspace's log, both included.</summary>
internal readonly record struct LogRange(long First, long Last);

/// <summary>Hears of every commit of this server, after it. Must not throw and not wait.</summary>
internal interface ICommitListener
{
    void OnCommitted(Committed changes);
}
