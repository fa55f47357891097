using Fiko.Domain.Customers;
using Fiko.Domain.Shared;

namespace Fiko.Domain.Conversations;

/// <content>What may become of it and its messages once they are there.</content>
public sealed partial class Conversation
{
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

    /// <summary>An agent's edit. It is told even where it changes nothing: who made it waits to hear of it.</summary>
    public void Edit(Message message, string content, string? caption, DateTimeOffset now)
    {
        if (message.DeletedAt is not null)
        {
            return;
        }

        if ((message.Content, message.Caption) != (content, caption))
        {
            message.Edit(content, caption, now);
        }

        Version++;
        Raise(() => new MessageEdited(Id, message.Id));
    }

    /// <summary>An edit that was made on the platform. One that comes after a newer one changes nothing, and platforms send such that change nothing.</summary>
    public void FollowEdit(Message message, string content, string? caption, long order, DateTimeOffset now)
    {
        if (order >= message.EditOrder)
        {
            message.MarkEdit(order);
            if ((message.Content, message.Caption) != (content, caption))
            {
                Edit(message, content, caption, now);
            }
        }
    }

    /// <summary>An agent's reaction, which the platform has taken. It is told even where it changes nothing, as an edit is.</summary>
    public void React(Message message, string? emoji, long agentId) => React(message, MessageAuthor.Support, emoji, agentId);

    /// <summary>A customer's reaction. One that comes after a newer one changes nothing.</summary>
    public void FollowReaction(Message message, string? emoji, long order)
    {
        if (order >= message.ReactionOrder)
        {
            message.MarkReaction(order);
            React(message, MessageAuthor.Customer, emoji, agentId: null);
        }
    }

    /// <summary>The customer has seen a message of ours.</summary>
    public void MarkSeen(Message message)
    {
        if (message is { Author: MessageAuthor.Support, Status: MessageStatus.Sent or MessageStatus.Delivered })
        {
            message.MarkRead();
            Version++;
            Raise(() => new MessageStatusChanged(Id, message.Id));
        }
    }

    /// <summary>More is known of a message's files.</summary>
    public void AttachmentsChange(Message message)
    {
        Version++;
        Raise(() => new AttachmentsChanged(Id, message.Id));
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
    /// <returns>Whether anything changed, which the customer's other conversations are to be told.</returns>
    public bool Follow(CustomerProfile profile)
    {
        var changed = Customer.Follow(profile);
        if (changed)
        {
            Raise(() => new CustomerChanged(Id, Customer.Id));
        }

        return changed;
    }

    /// <summary>More is known of the customer than a message said: a name, a picture.</summary>
    public void CustomerChange() => Raise(() => new CustomerChanged(Id, CustomerId));

    /// <summary>It is about to be erased with all that was said in it: nothing but this event stays.</summary>
    public void Erase() => Raise(() => new ConversationDeleted(Id));

    private void React(Message message, MessageAuthor by, string? emoji, long? agentId)
    {
        if (message.DeletedAt is null && (message.React(by, emoji, agentId) || by is MessageAuthor.Support))
        {
            Version++;
            Raise(() => new MessageReacted(Id, message.Id, by, agentId, emoji));
        }
    }
}
