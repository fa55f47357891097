using Fiko.Application.Audit;
using Fiko.Application.Shared;
using Fiko.Domain.Customers;
using Fiko.Domain.Shared;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Customers;

/// <summary>They were two after all: each has again what it had, as far as nobody changed it since.</summary>
public sealed record UndoMerge(Caller By, long Merge) : ICommand<CustomerMergeView>, IAudited<CustomerMergeView>
{
    public AuditNote? Audit(CustomerMergeView result) =>
        new("customer.unmerged", $"customer_{result.CustomerId}", new Dictionary<string, object?> { ["from"] = result.Into, ["merge_id"] = Merge });
}

internal sealed class UndoMergeHandler(IFikoDb db, TimeProvider time) : IRequestHandler<UndoMerge, CustomerMergeView>
{
    public async Task<CustomerMergeView> Handle(UndoMerge undo, CancellationToken ct)
    {
        var merge = await db.CustomerMerges.VisibleTo(undo.By).SingleOrDefaultAsync(m => m.Id == undo.Merge, ct) ?? throw NotFound();
        var source = await db.Customers.Include(c => c.Tags).SingleAsync(c => c.Id == merge.SourceId, ct);
        var target = await db.Customers.Include(c => c.Tags).SingleAsync(c => c.Id == merge.TargetId, ct);
        if (source.WorkspaceId != merge.WorkspaceId || target.WorkspaceId != merge.WorkspaceId)
        {
            // One of them is being erased, and the merge with them.
            throw NotFound();
        }

        if (merge.UndoneAt is null && target.MergedInto is { } further)
        {
            throw new RuleBrokenException("merged_further", "The customer was merged into another one since; undo that first")
            {
                Facts = new Dictionary<string, object?> { ["merged_into"] = further },
            };
        }

        merge.Undo(source, target, await db.BelongingsAsync(target, ct), undo.By.AgentId, time.Now());
        await db.TellOfCustomerAsync(target, ct);
        await db.SaveChangesAsync(ct);
        return CustomerMergeView.Of(merge);
    }

    private static RuleBrokenException NotFound() => new("merge_not_found", "Merge not found");
}
