using Fiko.Application.Realtime;
using Fiko.Application.Search;
using Fiko.Application.Shared;
using Fiko.Application.Tags;
using Fiko.Domain.Conversations;
using Fiko.Domain.Shared;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Conversations;

/// <summary>
/// An agent does the same to many conversations, which are named or found by filters. Worked off in bounded transactions: what
/// is done is done, also when the rest does not come to pass.
/// </summary>
public sealed record BulkConversations(Caller By, IReadOnlyList<string?>? Ids, ConversationFilters? Filters, BulkChange Change) : IRequest<BulkCounts>;

/// <param name="Action">set_status, assign, add_tags, remove_tags or read.</param>
/// <param name="Status">Of set_status.</param>
/// <param name="UserId">Of assign; null gives them to nobody.</param>
/// <param name="Tags">Of add_tags and remove_tags, by name.</param>
public sealed record BulkChange(string? Action, string? Status = null, long? UserId = null, IReadOnlyList<string?>? Tags = null);

/// <summary>What became of a selection.</summary>
/// <param name="Matched">Conversations that were found.</param>
/// <param name="Changed">Those with news.</param>
/// <param name="Unchanged">Those that were so already.</param>
/// <param name="Refused">Those that a rule kept as they are: another one with the customer is open, it is somebody else's, it has too many tags.</param>
/// <param name="NotFound">Ids that name no conversation of the workspace.</param>
public sealed record BulkCounts(int Matched, int Changed, int Unchanged, int Refused, int NotFound)
{
    public static BulkCounts operator +(BulkCounts a, BulkCounts b) =>
        new(a.Matched + b.Matched, a.Changed + b.Changed, a.Unchanged + b.Unchanged, a.Refused + b.Refused, a.NotFound + b.NotFound);
}

internal sealed class BulkConversationsValidator : AbstractValidator<BulkConversations>
{
    private const int MostIds = 1000;
    private static readonly string[] Actions = ["set_status", "assign", "add_tags", "remove_tags", "read"];

    public BulkConversationsValidator()
    {
        RuleFor(b => b.Ids).Must(ids => ids is null || (ids.Count is > 0 and <= MostIds && ids.All(id => ConversationId.TryParse(id, out _)))).AsInvalidField("ids");
        RuleFor(b => b.Filters).Must((b, filters) => b.Ids is null ? filters?.SayNothing() is false : filters is null).AsInvalidField("filters");
        this.AddFilterRules(b => b.Filters, "filters.");
        RuleFor(b => b.Change.Action).Must(a => Actions.Contains(a)).AsInvalidField("action");
        RuleFor(b => b.Change.Status).Must(s => s is not null && WireName.TryRead<ConversationStatus>(s, out _))
            .When(b => b.Change.Action == "set_status").AsInvalidField("status");
        RuleFor(b => b.Change.Tags).Must(t => t is { Count: > 0 } && TagBook.AreWellNamed(t))
            .When(b => b.Change.Action is "add_tags" or "remove_tags").AsInvalidField("tags");
    }
}

internal sealed class BulkConversationsHandler(IFikoDb db, ISearchIndex index, IMediator mediator) : IRequestHandler<BulkConversations, BulkCounts>
{
    private const int MostMatched = 10_000;
    private const int Batch = 100;

    public async Task<BulkCounts> Handle(BulkConversations bulk, CancellationToken ct)
    {
        var named = bulk.Ids?.Select(id => ConversationId.TryParse(id, out var read) ? read.Value : 0).Distinct().ToArray();
        var selected = db.Conversations.VisibleTo(bulk.By);
        selected = named is null ? selected.Narrow(db, index, bulk.Filters, bulk.By) : selected.Where(c => named.Contains(c.Id));
        var found = await selected.OrderBy(c => c.Id).Select(c => c.Id).Take(MostMatched + 1).ToListAsync(ct);
        if (found.Count > MostMatched)
        {
            throw new RuleBrokenException("too_many_matched", $"More than {MostMatched} conversations match; narrow the filters", "filters");
        }

        var counts = new BulkCounts(0, 0, 0, 0, named is null ? 0 : named.Length - found.Count);
        foreach (var ids in found.Chunk(Batch))
        {
            counts += await mediator.Send(new ChangeConversations(bulk.By, ids, bulk.Change), ct);
        }

        return counts;
    }
}
