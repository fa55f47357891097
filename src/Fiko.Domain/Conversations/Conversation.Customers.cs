using Fiko.Domain.Customers;

namespace Fiko.Domain.Conversations;

/// <content>Whose conversation it is.</content>
public sealed partial class Conversation
{
    /// <summary>Its customer turned out to be another one.</summary>
    public void BelongTo(Customer customer)
    {
        (Customer, CustomerId, Version) = (customer, customer.Id, Version + 1);
        Raise(() => new CustomerChanged(Id, CustomerId));
    }

    /// <summary>Its customer is about to be erased: it is out of its workspace, and no message finds it by its chat.</summary>
    public void Bury(long limbo) =>
        (WorkspaceId, Chat, Status, UnreadCount, Version) = (limbo, "", ConversationStatus.Closed, 0, Version + 1);

    private Message Keep(IncomingMessage incoming, DateTimeOffset now)
    {
        var (message, lastActivity) = (Take(incoming, MessageAuthor.Customer, now), UpdatedAt);
        Show(message, now);
        UpdatedAt = lastActivity;
        Raise(() => new MessageReceived(Id, message.Id, Quietly: true));
        return message;
    }
}
