using System.Text.Json.Serialization;
using Fiko.Application.Realtime;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Conversations;

/// <summary>Who changed what of a conversation, and when: newest first, read off the event log.</summary>
public sealed record ListActivity(Caller By, ConversationId Conversation, Paging Paging) : IRequest<Page<ActivityView>>;

/// <summary>One change of a conversation.</summary>
/// <param name="Change">status, assignment, tags, priority, title or read.</param>
/// <param name="By">Which user; null where a customer's message did it.</param>
/// <param name="At">When.</param>
public sealed record ActivityView([property: JsonIgnore] long Position, string Change, AssignedUser? By, DateTimeOffset At)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StatusMove? Status { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AssignmentMove? AssignedTo { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PriorityMove? Priority { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TagsMove? Tags { get; init; }

    /// <summary>Of read: up to and including which number.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? UpToSeq { get; init; }
}

public sealed record StatusMove(ConversationStatus? From, ConversationStatus? To);

public sealed record AssignmentMove(AssignedUser? From, AssignedUser? To);

public sealed record PriorityMove(int From, int To);

/// <summary>By their present names; a tag that is no more has none.</summary>
public sealed record TagsMove(IReadOnlyList<string> Added, IReadOnlyList<string> Removed, string? Changed);

internal sealed class ListActivityHandler(IFikoDb db) : IRequestHandler<ListActivity, Page<ActivityView>>
{
    private static readonly Ordering<LoggedEvent> Orders = new Ordering<LoggedEvent>(e => e.Position).By("at", e => e.Position, descending: true);

    private static readonly string[] Told =
    [
        EventCatalog.NameOf<ConversationStatusChanged>(),
        EventCatalog.NameOf<ConversationAssigned>(),
        EventCatalog.NameOf<ConversationTagged>(),
        EventCatalog.NameOf<ConversationPrioritised>(),
        EventCatalog.NameOf<ConversationRetitled>(),
        EventCatalog.NameOf<ConversationRead>(),
    ];

    public async Task<Page<ActivityView>> Handle(ListActivity query, CancellationToken ct)
    {
        await using var moment = await db.ReadOneMomentAsync(ct);
        var (workspace, conversation) = (query.By.WorkspaceId, query.Conversation.Value);
        if (!await db.Conversations.VisibleTo(query.By).AnyAsync(c => c.Id == conversation, ct))
        {
            throw Access.ConversationNotFound();
        }

        var log = db.Events.AsNoTracking().Where(e => e.ConversationId == conversation && e.WorkspaceId == workspace);
        var page = await Orders.PageAsync(log.Where(e => Told.Contains(e.Name)), query.Paging, ct);
        var positions = page.Ids.ToArray();
        var rows = await db.Events.AsNoTracking().Where(e => e.WorkspaceId == workspace && positions.Contains(e.Position)).ToListAsync(ct);
        var happened = rows.ConvertAll(r => (r.Position, At: r.OccurredAt, Event: EventCatalog.Read(r)));
        var names = await NamesAsync(query.By, [.. happened.Select(h => h.Event)], ct);
        return page.With(happened.ConvertAll(h => names.Show(h.Position, h.At, h.Event)), v => v.Position);
    }

    // Agents and tags for the whole page, in two queries.
    private async Task<ActivityNames> NamesAsync(Caller by, List<IConversationEvent> events, CancellationToken ct)
    {
        var agentIds = events.SelectMany(ActivityNames.AgentsOf).Distinct().ToArray();
        var tagIds = events.OfType<ConversationTagged>().SelectMany(t => t.Added.Concat(t.Removed).Concat(t.Renamed is { } one ? [one] : [])).Distinct().ToArray();
        var agents = await db.Agents.Where(a => a.WorkspaceId == by.WorkspaceId && agentIds.Contains(a.Id))
            .Select(a => new { a.Id, a.FirstName, a.LastName, a.Email }).ToListAsync(ct);
        var tags = await db.Tags.Where(t => t.WorkspaceId == by.WorkspaceId && tagIds.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Name, ct);
        return new ActivityNames(agents.ToDictionary(a => a.Id, a => new AssignedUser(a.Id, AssignedUser.NameOf(a.FirstName, a.LastName, a.Email))), tags);
    }
}

internal sealed class ActivityNames(Dictionary<long, AssignedUser> agents, Dictionary<long, string> tags)
{
    public static IEnumerable<long> AgentsOf(IConversationEvent happened)
    {
        long?[] ids = happened switch
        {
            ConversationAssigned a => [a.By, a.From, a.To],
            _ => [WhoDid(happened)],
        };
        return ids.Where(id => id is not null).Select(id => id!.Value);
    }

    public ActivityView Show(long position, DateTimeOffset at, IConversationEvent happened)
    {
        var by = Agent(WhoDid(happened));
        return happened switch
        {
            ConversationStatusChanged s => new(position, "status", by, at) { Status = new StatusMove(s.From, s.To) },
            ConversationAssigned a => new(position, "assignment", by, at) { AssignedTo = new AssignmentMove(Agent(a.From), Agent(a.To)) },
            ConversationPrioritised p => new(position, "priority", by, at) { Priority = new PriorityMove(p.From, p.To) },
            ConversationTagged t => new(position, "tags", by, at) { Tags = new TagsMove(Names(t.Added), Names(t.Removed), t.Renamed is { } one ? tags.GetValueOrDefault(one) : null) },
            ConversationRead r => new(position, "read", by, at) { UpToSeq = r.UpToSeq },
            _ => new(position, "title", by, at),
        };
    }

    private static long? WhoDid(IConversationEvent happened) => happened switch
    {
        ConversationStatusChanged s => s.By,
        ConversationAssigned a => a.By,
        ConversationPrioritised p => p.By,
        ConversationTagged t => t.By,
        ConversationRead r => r.AgentId,
        ConversationRetitled t => t.By,
        _ => null,
    };

    private AssignedUser? Agent(long? id) => id is { } known ? agents.GetValueOrDefault(known) : null;

    private IReadOnlyList<string> Names(IEnumerable<long> ids) => [.. ids.Where(tags.ContainsKey).Select(id => tags[id])];
}
