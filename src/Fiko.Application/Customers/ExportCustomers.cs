using Fiko.Application.Attachments;
using Fiko.Application.Channels;
using Fiko.Application.Search;
using Fiko.Application.Shared;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Customers;

/// <summary>
/// The next customers of an export, in the order in which they became known. Each batch is a short read of its own: an export of any
/// size holds up nobody and needs the memory of one.
/// </summary>
/// <param name="By">Who exports.</param>
/// <param name="Filters">As of the list.</param>
/// <param name="After">The last id of the batch before; 0 for the first.</param>
public sealed record ExportCustomers(Caller By, CustomerFilters Filters, long After) : IRequest<IReadOnlyList<CustomerView>>;

internal sealed class ExportCustomersValidator : AbstractValidator<ExportCustomers>
{
    public ExportCustomersValidator(ChannelBook channels) => this.AddFilterRules(channels, e => e.Filters);
}

internal sealed class ExportCustomersHandler(IFikoDb db, ISearchIndex index, IFileLinks links) : IRequestHandler<ExportCustomers, IReadOnlyList<CustomerView>>
{
    private const int Batch = 1000;

    public async Task<IReadOnlyList<CustomerView>> Handle(ExportCustomers export, CancellationToken ct) =>
        await db.Customers.VisibleTo(export.By).Narrow(db, index, export.Filters, export.By)
            .Where(c => c.Id > export.After)
            .OrderBy(c => c.Id).Take(Batch)
            .ToViews(db).LoadAsync(db, links, ct);
}
