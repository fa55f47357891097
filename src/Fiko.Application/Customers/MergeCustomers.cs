using Fiko.Application.Audit;
using Fiko.Application.Shared;
using Fiko.Domain.Customers;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Customers;

/// <summary>Two customers are one person, on two platforms or with two accounts of one: all of the first is the second's from now on.</summary>
/// <param name="By">Who says so.</param>
/// <param name="Id">Who is not shown any more.</param>
/// <param name="Into">Who they turned out to be.</param>
public sealed record MergeCustomers(Caller By, long Id, long? Into) : ICommand<CustomerMergeView>, IAudited<CustomerMergeView>
{
    public AuditNote? Audit(CustomerMergeView result) =>
        new("customer.merged", $"customer_{Id}", new Dictionary<string, object?> { ["into"] = Into, ["merge_id"] = result.Id });
}

internal sealed class MergeCustomersValidator : AbstractValidator<MergeCustomers>
{
    public MergeCustomersValidator() => RuleFor(m => m.Into).Must((m, into) => into is not null && into != m.Id).AsInvalidField("into")
        .WithMessage($"{Rules.InvalidValue("into")}: it must be the id of another customer");
}

internal sealed class MergeCustomersHandler(IFikoDb db, TimeProvider time) : IRequestHandler<MergeCustomers, CustomerMergeView>
{
    public async Task<CustomerMergeView> Handle(MergeCustomers merge, CancellationToken ct)
    {
        // The versions of both decide: of two merges that meet, the second one finds what the first has left.
        var source = await db.Customers.Include(c => c.Tags).GetAsync(merge.Id, merge.By, ct);
        var target = await db.Customers.Include(c => c.Tags).GetAsync(merge.Into!.Value, merge.By, ct, field: "into");
        await db.TellOfCustomerAsync(target, ct);
        var done = CustomerMerge.Of(source, target, await db.BelongingsAsync(source, ct), merge.By.AgentId, time.Now());
        db.CustomerMerges.Add(done);
        await db.SaveChangesAsync(ct);
        return CustomerMergeView.Of(done);
    }
}
