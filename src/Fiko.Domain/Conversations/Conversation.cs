using Fiko.Domain.Channels;
using Fiko.Domain.Customers;
using Fiko.Domain.Shared;

namespace Fiko.Domain.Conversations;

/// <summary>What one customer and the workspace say to each other on one channel. Alone gives messages their order.</summary>
public sealed class Conversation : AggregateRoot
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

    public IReadOnlyList<string> Tags { get; private set; } = [];

    /// <summary>The number of the newest visible message, and so the way to it.</summary>
    public long LastSeq { get; private set; }

    /// <summary>Customer messages after the last one that anyone in the workspace read.</summary>
    public int UnreadCount { get; private set; }

    /// <summary>How far anyone in the workspace has read.</summary>
    public long ReadUpToSeq { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>The newest activity: what lists are sorted by.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Concurrency token: two transactions never give out the same number.</summary>
    public int Version { get; private set; }

    /// <summary>A customer's message is visible at once and opens a closed conversation again.</summary>
    public Message Receive(IncomingMessage incoming, DateTimeOffset now)
    {
        var message = new Message(this, MessageAuthor.Customer, incoming.Kind, incoming.Content, now)
        {
            Chat = Chat,
            ExternalId = incoming.ExternalId,
            ReplyToId = incoming.ReplyToId,
        };
        if (Status is ConversationStatus.Closed)
        {
            Status = ConversationStatus.Active;
            Raise(() => new ConversationStatusChanged(Id));
        }

        UnreadCount++;
        Show(message, now);
        Raise(() => new MessageReceived(Id, message.Id));
        return message;
    }

    /// <summary>An agent's message is accepted: kept, but shown to nobody before its outcome is known or was waited for.</summary>
    public Message Answer(OutgoingMessage outgoing, IEnumerable<string> parts, DateTimeOffset now)
    {
        var message = Write(outgoing, now);
        message.Deliver(parts, now);
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

    /// <summary>Tries again what was not sent, from the first part that stopped. Only a person decides this.</summary>
    public void Retry(Message message, DateTimeOffset now)
    {
        if (message.Status is not (MessageStatus.Failed or MessageStatus.Uncertain))
        {
            throw new RuleBrokenException("invalid_field", "Invalid value for field 'message_id'", "message_id");
        }

        foreach (var part in message.Deliveries.Where(d => d.Status is DeliveryStatus.Failed or DeliveryStatus.Uncertain))
        {
            part.Restart(now);
        }

        Settle(message, now);
    }

    /// <summary>An edit that changes nothing is not news: platforms send such, too.</summary>
    public void Edit(Message message, string content, DateTimeOffset now)
    {
        if (message.DeletedAt is not null || message.Content == content)
        {
            return;
        }

        message.Edit(content, now);
        Version++;
        Raise(() => new MessageEdited(Id, message.Id));
    }

    public void Delete(Message message, DateTimeOffset now)
    {
        if (message.DeletedAt is not null)
        {
            return;
        }

        message.Erase(now);
        Version++;
        Raise(() => new MessageDeleted(Id, message.Id));
    }

    /// <summary>Reading what is read already is not news, and a position never moves back.</summary>
    /// <param name="agentId">Who read.</param>
    /// <param name="upToSeq">The last message read.</param>
    /// <param name="unreadAfter">Customer messages after that one.</param>
    /// <returns>Whether anything was unread before and is not any more.</returns>
    public bool MarkRead(long agentId, long upToSeq, int unreadAfter)
    {
        if (upToSeq <= ReadUpToSeq || unreadAfter == UnreadCount)
        {
            return false;
        }

        (ReadUpToSeq, UnreadCount) = (upToSeq, unreadAfter);
        Version++;
        Raise(() => new ConversationRead(Id, agentId, upToSeq));
        return true;
    }

    /// <summary>Takes over what the platform now says about the customer.</summary>
    public void Follow(CustomerProfile profile)
    {
        if (Customer.Follow(profile))
        {
            Raise(() => new CustomerChanged(Id, Customer.Id));
        }
    }

    public void ChangeStatus(ConversationStatus status)
    {
        if (status != Status)
        {
            Status = status;
            Version++;
            Raise(() => new ConversationStatusChanged(Id));
        }
    }

    private Message Write(OutgoingMessage outgoing, DateTimeOffset now) =>
        new(this, MessageAuthor.Support, Message.Text, outgoing.Content, now)
        {
            SenderId = outgoing.SenderId,
            ClientId = outgoing.ClientId,
            ReplyToId = outgoing.ReplyToId,
        };

    private void Show(Message message, DateTimeOffset now)
    {
        message.Number(++LastSeq);
        UpdatedAt = now;
        Version++;
    }
}
