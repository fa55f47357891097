using Fiko.Application.Channels;
using Fiko.Application.Search;
using Fiko.Application.Shared;
using Fiko.Application.Tags;
using Fiko.Domain.Shared;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Customers;

/// <summary>
/// Does the same to many customers, who are named or found by filters. In bounded transactions: what is done is done, also when the
/// rest does not come to pass.
/// </summary>
/// <param name="By">Who does it.</param>
/// <param name="Ids">Who; either this or filters.</param>
/// <param name="Filters">At least one: "all customers" is never meant by leaving something out.</param>
/// <param name="Action">add_tags, remove_tags or delete.</param>
/// <param name="Tags">Names, for the first two.</param>
public sealed record ChangeManyCustomers(Caller By, IReadOnlyList<long>? Ids, CustomerFilters? Filters, string? Action, IReadOnlyList<string?>? Tags)
    : IRequest<CustomerBulkCounts>;

/// <summary>What became of a selection.</summary>
/// <param name="Matched">Customers that were found.</param>
/// <param name="Changed">Those with news.</param>
/// <param name="Unchanged">Those that were so already.</param>
/// <param name="Refused">Those that would have too many tags.</param>
/// <param name="NotFound">Ids that name no customer of the workspace.</param>
public sealed record CustomerBulkCounts(int Matched, int Changed, int Unchanged, int Refused, int NotFound)
{
    public static CustomerBulkCounts operator +(CustomerBulkCounts a, CustomerBulkCounts b) =>
        new(a.Matched + b.Matched, a.Changed + b.Changed, a.Unchanged + b.Unchanged, a.Refused + b.Refused, a.NotFound + b.NotFound);
}

internal sealed class ChangeManyCustomersValidator : AbstractValidator<ChangeManyCustomers>
{
    public const string AddTags = "add_tags";
    public const string RemoveTags = "remove_tags";
    public const string Delete = "delete";

    private const int MostIds = 1000;

    public ChangeManyCustomersValidator(ChannelBook channels)
    {
        RuleFor(m => m.Ids).Must(ids => ids is null or { Count: > 0 and <= MostIds }).AsInvalidField("ids")
            .WithMessage($"{Rules.InvalidValue("ids")}: 1 to {MostIds} of them");
        RuleFor(m => m.Filters).Must((m, filters) => m.Ids is null ? filters?.SayNothing() is false : filters is null).AsInvalidField("filters")
            .WithMessage($"{Rules.InvalidValue("filters")}: say who is meant by ids or by at least one filter, and not by both");
        this.AddFilterRules(channels, m => m.Filters, "filters.");
        RuleFor(m => m.Action).Must(a => a is AddTags or RemoveTags or Delete).AsInvalidField("action");
        RuleFor(m => m.Tags).Must(t => t is { Count: > 0 } && TagBook.AreWellNamed(t)).When(m => m.Action is AddTags or RemoveTags).AsInvalidField("tags");
    }
}

internal sealed class ChangeManyCustomersHandler(IFikoDb db, ISearchIndex index, IMediator mediator) : IRequestHandler<ChangeManyCustomers, CustomerBulkCounts>
{
    private const int Batch = 100;

    public async Task<CustomerBulkCounts> Handle(ChangeManyCustomers change, CancellationToken ct)
    {
        if (change.Action == ChangeManyCustomersValidator.Delete)
        {
            change.By.MustAdminister();
        }

        // By their ids and not by page: what is done to the first may change who else matches, and nobody is passed over.
        var named = change.Ids?.Distinct().ToArray();
        var selected = db.Customers.VisibleTo(change.By);
        selected = named is null ? selected.Narrow(db, index, change.Filters, change.By) : selected.Where(c => named.Contains(c.Id));
        var counts = new CustomerBulkCounts(0, 0, 0, 0, 0);
        for (long? after = 0; after is { } last;)
        {
            var ids = await selected.Where(c => c.Id > last).OrderBy(c => c.Id).Take(Batch).Select(c => c.Id).ToListAsync(ct);
            counts += await ApplyAsync(change, ids, ct);
            after = ids.Count < Batch ? null : ids[^1];
        }

        return counts with { NotFound = named is null ? 0 : named.Length - counts.Matched };
    }

    private async Task<CustomerBulkCounts> ApplyAsync(ChangeManyCustomers change, List<long> ids, CancellationToken ct)
    {
        if (ids.Count == 0)
        {
            return new(0, 0, 0, 0, 0);
        }

        if (change.Action != ChangeManyCustomersValidator.Delete)
        {
            return await mediator.Send(new TagCustomers(change.By, ids, change.Tags!, Add: change.Action == ChangeManyCustomersValidator.AddTags), ct);
        }

        var erased = 0;
        foreach (var id in ids)
        {
            erased += await EraseAsync(change.By, id, ct) ? 1 : 0;
        }

        return new(ids.Count, erased, ids.Count - erased, 0, 0);
    }

    private async Task<bool> EraseAsync(Caller by, long id, CancellationToken ct)
    {
        try
        {
            await mediator.Send(new EraseCustomer(by, id), ct);
            return true;
        }
        catch (RuleBrokenException gone) when (gone.Code == Access.CustomerNotFound().Code)
        {
            // Somebody else was faster, and the others of the selection are still to go.
            return false;
        }
    }
}
