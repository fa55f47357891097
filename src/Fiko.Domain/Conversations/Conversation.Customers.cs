using Fiko.Domain.Channels;
using Fiko.Domain.Customers;

namespace Fiko.Domain.Conversations;

/// <content>Whose conversation it is, and whether they can be answered.</content>
public sealed partial class Conversation
{
    /// <summary>The customer wrote, or did what counts as writing: they may be answered for a while, and can be reached.</summary>
    public void OpenWindow(AnswerWindow? window, DateTimeOffset at)
    {
        if (CustomerWroteAt is null || at > CustomerWroteAt)
        {
            CustomerWroteAt = at;
            ReplyUntil = window is null ? null : at + window.Free;
        }
    }

    /// <summary>The customer shut the business out, or let it in again.</summary>
    /// <param name="reachable">Which.</param>
    /// <param name="order">The platform's number of this word.</param>
    /// <param name="now">When it was heard.</param>
    public void SetReachable(bool reachable, long order, DateTimeOffset now)
    {
        if (order < ReachabilityOrder || reachable == (UnreachableSince is null))
        {
            ReachabilityOrder = Math.Max(order, ReachabilityOrder);
            return;
        }

        (UnreachableSince, ReachabilityOrder) = (reachable ? null : now, order);
        Version++;
        Raise(() => new CustomerChanged(Id, CustomerId));
    }

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
