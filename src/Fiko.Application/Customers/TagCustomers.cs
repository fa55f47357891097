using Fiko.Application.Audit;
using Fiko.Application.Shared;
using Fiko.Application.Tags;
using Fiko.Domain.Customers;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Customers;

/// <summary>Puts tags on some customers, or takes them off.</summary>
internal sealed record TagCustomers(Caller By, IReadOnlyList<long> Ids, IReadOnlyList<string?> Tags, bool Add)
    : ICommand<CustomerBulkCounts>, IAudited<CustomerBulkCounts>
{
    public AuditNote? Audit(CustomerBulkCounts result) => result.Changed == 0 ? null : new(
        Add ? "customer.tagged" : "customer.untagged", "customers", new Dictionary<string, object?> { ["ids"] = Ids, ["changed"] = result.Changed });
}

internal sealed class TagCustomersHandler(IFikoDb db, TagBook book) : IRequestHandler<TagCustomers, CustomerBulkCounts>
{
    public async Task<CustomerBulkCounts> Handle(TagCustomers tag, CancellationToken ct)
    {
        var tags = tag.Add ? await book.ResolveAsync(tag.By, tag.Tags, ct) : await book.FindAsync(tag.By, tag.Tags, ct);
        var customers = await db.Customers.VisibleTo(tag.By).Include(c => c.Tags).Where(c => tag.Ids.Contains(c.Id)).OrderBy(c => c.Id).ToListAsync(ct);
        var changed = new List<long>();
        var refused = 0;
        foreach (var customer in customers)
        {
            var has = customer.Tags.Select(t => t.TagId).ToList();
            List<long> wanted = tag.Add ? [.. has.Union(tags)] : [.. has.Except(tags)];
            if (wanted.Count > Customer.MostTags)
            {
                refused++;
            }
            else if (customer.Retag(wanted))
            {
                changed.Add(customer.Id);
            }
        }

        await db.TellOfCustomersAsync(changed, ct);
        await db.SaveChangesAsync(ct);
        return new(customers.Count, changed.Count, customers.Count - changed.Count - refused, refused, 0);
    }
}
