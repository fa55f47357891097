using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Fiko.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Customers;

/// <summary>Open sockets know customers by their conversations: whatever changes about one is news of each.</summary>
internal static class CustomerNews
{
    public static Task TellOfCustomerAsync(this IFikoDb db, Customer customer, CancellationToken ct, Conversation? except = null) =>
        db.TellOfCustomersAsync([customer.Id], ct, except);

    public static async Task TellOfCustomersAsync(this IFikoDb db, IReadOnlyList<long> customers, CancellationToken ct, Conversation? except = null)
    {
        foreach (var conversation in await db.Conversations.Where(c => customers.Contains(c.CustomerId)).OrderBy(c => c.Id).ToListAsync(ct))
        {
            if (conversation != except)
            {
                conversation.CustomerChange();
            }
        }
    }
}
