using Fiko.Domain.Channels;
using Fiko.Domain.Customers;
using Fiko.Domain.Shared;

namespace Fiko.Domain.Conversations;

/// <summary>What one customer and the workspace say to each other on one channel. Alone gives messages their order.</summary>
public sealed partial class Conversation : AggregateRoot
{
    private Conversation()
    {
    }

    public Conversation(ChannelAccount channel, Customer customer, string chat, DateTimeOffset now)
    {
        WorkspaceId = channel.WorkspaceId;
        ChannelId = channel.Id;
        Source = channel.Source;
        Customer = customer;
        Chat = chat;
        Status = ConversationStatus.Active;
        Priority = NormalPriority;
        CreatedAt = UpdatedAt = now;
    }

    public const int NormalPriority = 2;

    public long ChannelId { get; private set; }

    /// <summary>The channel's name; it can't change under a conversation.</summary>
    public string Source { get; private set; } = "";

    public long CustomerId { get; private set; }

    public Customer Customer { get; private set; } = null!;

    /// <summary>The platform's id of the chat, where answers go.</summary>
    public string Chat { get; private set; } = "";

    public ConversationStatus Status { get; private set; }

    public long? AssignedTo { get; private set; }

    /// <summary>1 (low) to 4 (urgent).</summary>
    public int Priority { get; private set; }

    /// <summary>The number of the newest visible message, and so the way to it.</summary>
    public long LastSeq { get; private set; }

    /// <summary>Customer messages after the last one that anyone in the workspace read.</summary>
    public int UnreadCount { get; private set; }

    /// <summary>How far anyone in the workspace has read.</summary>
    public long ReadUpToSeq { get; private set; }

    /// <summary>When the customer last wrote, by the platform's clock: their answer window begins there.</summary>
    public DateTimeOffset? CustomerWroteAt { get; private set; }

    /// <summary>The end of the free part of the answer window; null on platforms without one.</summary>
    public DateTimeOffset? ReplyUntil { get; private set; }

    /// <summary>Since when the customer shuts the business out; null while they can be reached.</summary>
    public DateTimeOffset? UnreachableSince { get; private set; }

    /// <summary>The platform's number of the newest word on that: an older one that comes late changes nothing.</summary>
    public long ReachabilityOrder { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>The newest activity: what lists are sorted by.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Concurrency token: two transactions never give out the same number.</summary>
    public int Version { get; private set; }

    /// <summary>A customer's message is visible at once and opens a closed conversation again.</summary>
    /// <param name="incoming">The message.</param>
    /// <param name="now">When it came.</param>
    /// <param name="quietly">Of a customer whom the workspace has blocked: it is kept in its place, and changes nothing else.</param>
    public Message Receive(IncomingMessage incoming, DateTimeOffset now, bool quietly = false)
    {
        if (quietly)
        {
            return Keep(incoming, now);
        }

        var message = Take(incoming, MessageAuthor.Customer, now);
        if (Status is ConversationStatus.Closed)
        {
            ChangeStatus(ConversationStatus.Active, now);
        }

        UnreadCount++;
        Show(message, now);
        Raise(() => new MessageReceived(Id, message.Id));
        return message;
    }

    /// <summary>What the business wrote past this server, in the platform's own app, is shown as its message, of no agent.</summary>
    /// <param name="incoming">As the platform echoed it.</param>
    /// <param name="via">What it was written with.</param>
    /// <param name="now">When it was heard of.</param>
    public Message Echo(IncomingMessage incoming, string via, DateTimeOffset now)
    {
        var message = Take(incoming, MessageAuthor.Support, now);
        message.Via = via;
        message.MarkSent();
        Publish(message, now);
        return message;
    }

    /// <summary>A further file of an album that is a message already.</summary>
    public void Grow(Message album, IncomingMessage more, DateTimeOffset now)
    {
        album.KnowAs(more.Scope, more.ExternalId);
        album.Attach(Files(more, now));
        if (more.Caption is not null && album.Caption is null && album.DeletedAt is null)
        {
            album.Describe(more.Content, more.Caption);
        }

        Version++;
        Raise(() => new AlbumGrew(Id, album.Id));
    }

    /// <summary>The platform calls the chat something else from now on.</summary>
    public void MoveTo(string chat) => (Chat, Version) = (chat, Version + 1);

    /// <summary>An agent's message is accepted: kept, but shown to nobody before its outcome is known or was waited for.</summary>
    public Message Answer(OutgoingMessage outgoing, IEnumerable<OutgoingPiece> pieces, DateTimeOffset now)
    {
        var message = Write(outgoing, now);
        message.Deliver(pieces, now);
        return message;
    }

    /// <summary>An agent's message on a channel with nothing to wait for is sent and visible at once.</summary>
    public Message AnswerAtOnce(OutgoingMessage outgoing, DateTimeOffset now)
    {
        var message = Write(outgoing, now);
        message.MarkSent();
        Publish(message, now);
        return message;
    }

    /// <summary>Whoever else changes the conversation at this moment comes before or after, and sees what this one did.</summary>
    public void Contend() => Version++;

    /// <summary>Shows an accepted message with what is known of it. Once visible, it stays where it is.</summary>
    public void Publish(Message message, DateTimeOffset now)
    {
        if (message.IsVisible)
        {
            return;
        }

        Show(message, now);
        Raise(() => new MessagePublished(Id, message.Id));
    }

    /// <summary>A delivery of the message ended or was postponed. Shows it, or says what changed where it is visible already.</summary>
    public void Settle(Message message, DateTimeOffset now)
    {
        var changed = message.Settle();
        if (message.IsVisible && changed)
        {
            Version++;
            Raise(() => new MessageStatusChanged(Id, message.Id));
        }
        else if (message.Status is not MessageStatus.Pending)
        {
            Publish(message, now);
        }
    }

    private Message Take(IncomingMessage incoming, MessageAuthor author, DateTimeOffset now)
    {
        var message = new Message(this, author, incoming.Kind, incoming.Content, now)
        {
            Album = incoming.Album,
            ReplyToId = incoming.ReplyToId,
        };
        message.Describe(incoming.Content, incoming.Caption);
        message.CameAs(incoming.Scope, incoming.ExternalId);
        message.Attach(Files(incoming, now));
        return message;
    }

    // The parts of an album come in any order; the platform's own ids rise with their places in it.
    private List<Attachment> Files(IncomingMessage incoming, DateTimeOffset now)
    {
        var first = incoming.Album is not null && long.TryParse(incoming.ExternalId, out var id) ? id : 0;
        return [.. incoming.Files.Select((file, index) => Attachment.Received(WorkspaceId, ChannelId, file, first + index, now))];
    }

    private Message Write(OutgoingMessage outgoing, DateTimeOffset now)
    {
        var message = new Message(this, MessageAuthor.Support, outgoing.Kind, outgoing.Content, now)
        {
            SenderId = outgoing.SenderId,
            ClientId = outgoing.ClientId,
            ReplyToId = outgoing.ReplyToId,
            Fingerprint = outgoing.Fingerprint,
        };
        message.Describe(outgoing.Content, outgoing.Caption);
        foreach (var (index, file) in outgoing.Files.Index())
        {
            file.SendWith(index);
        }

        message.Attach(outgoing.Files);
        return message;
    }

    private void Show(Message message, DateTimeOffset now)
    {
        message.Number(++LastSeq);
        RecordWords(message);
        TrailingNotes = 0;
        UpdatedAt = now;
        Version++;
    }
}
