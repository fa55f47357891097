using Fiko.Application.Shared;
using Fiko.Domain.Customers;
using Fiko.Domain.Shared;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Customers;

/// <summary>That two customers turned out to be one.</summary>
/// <param name="Id">By which it is undone.</param>
/// <param name="CustomerId">Who is not shown any more.</param>
/// <param name="Into">Who they turned out to be.</param>
/// <param name="MergedBy">The user id of the agent who said so.</param>
/// <param name="UndoneBy">The user id of the agent who took it back; null where nobody did.</param>
/// <param name="Moved">What it brought to the other one.</param>
public sealed record CustomerMergeView(
    long Id, long CustomerId, long Into, long MergedBy, DateTimeOffset MergedAt, long? UndoneBy, DateTimeOffset? UndoneAt, MovedCounts Moved)
{
    internal static CustomerMergeView Of(CustomerMerge merge) => new(
        merge.Id,
        merge.SourceId,
        merge.TargetId,
        merge.MergedBy,
        merge.MergedAt,
        merge.UndoneBy,
        merge.UndoneAt,
        new(merge.Moved.Conversations.Count, merge.Moved.Addresses.Count, merge.Moved.Notes.Count, merge.Moved.Tags.Count, merge.Moved.Attributes.Count));
}

/// <summary>How many of each.</summary>
public sealed record MovedCounts(int Conversations, int Addresses, int Notes, int Tags, int Attributes);

internal static class CustomerBelongingsLoading
{
    // More than this is no person, and would be no bounded transaction.
    private const int MostNotes = 10_000;

    public static async Task<CustomerBelongings> BelongingsAsync(this IFikoDb db, Customer customer, CancellationToken ct)
    {
        var notes = await db.CustomerNotes.Where(n => n.CustomerId == customer.Id).OrderBy(n => n.Id).Take(MostNotes + 1).ToListAsync(ct);
        return notes.Count > MostNotes
            ? throw new RuleBrokenException("too_many_notes", $"A customer with more than {MostNotes} notes can't be merged")
            : new CustomerBelongings(
                await db.Conversations.Include(c => c.Customer).Where(c => c.CustomerId == customer.Id).OrderBy(c => c.Id).ToListAsync(ct),
                await db.ChannelAddresses.Include(a => a.Customer).Where(a => a.CustomerId == customer.Id).OrderBy(a => a.Id).ToListAsync(ct),
                notes);
    }
}
