using System.Text.Json;
using System.Text.RegularExpressions;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Shared;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Audit;

/// <summary>What was done in the workspace, newest first (rest.md, Audit). For its owners alone.</summary>
/// <param name="By">Who asks.</param>
/// <param name="Paging">Which page.</param>
/// <param name="UserId">Only what this user did, who may be gone by now.</param>
/// <param name="Action">Only this, such as <c>message.sent</c>.</param>
/// <param name="Target">Only what was done to this, such as <c>conv_12</c>.</param>
/// <param name="From">Not before.</param>
/// <param name="To">Before.</param>
public sealed record ListAudit(
    Caller By,
    Paging Paging,
    long? UserId = null,
    string? Action = null,
    string? Target = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null) : IRequest<Page<AuditView>>;

/// <summary>One thing that a user did.</summary>
/// <param name="Id">Larger for what was done later.</param>
/// <param name="UserId">Who did it.</param>
/// <param name="Username">What they were called then.</param>
/// <param name="Action">What, such as <c>conversation.assigned</c>.</param>
/// <param name="Target">To what, such as <c>conv_12</c>.</param>
/// <param name="Facts">Small facts about it by name: ids, states, names of fields, never texts.</param>
/// <param name="At">When.</param>
/// <param name="IpAddress">The network address it came from; null where none is known.</param>
/// <param name="UserAgent">The client, as it names itself, cut to 256 characters.</param>
/// <param name="SessionId">The login it was done with; null for a token of another issuer.</param>
public sealed record AuditView(
    long Id,
    long UserId,
    string Username,
    string Action,
    string Target,
    JsonElement? Facts,
    DateTimeOffset At,
    string? IpAddress,
    string? UserAgent,
    long? SessionId);

internal sealed partial class ListAuditValidator : AbstractValidator<ListAudit>
{
    public ListAuditValidator()
    {
        RuleFor(l => l.Action).Must(a => a is null || ActionForm().IsMatch(a)).AsInvalidField("action");
        RuleFor(l => l.Target).Must(t => t is null || TargetForm().IsMatch(t)).AsInvalidField("target");
        RuleFor(l => l.To).Must((list, to) => to is null || list.From is null || list.From < to).AsInvalidField("to");
    }

    [GeneratedRegex(@"^[a-z_]{1,30}\.[a-z_]{1,30}\z")]
    private static partial Regex ActionForm();

    [GeneratedRegex(@"^[a-z_]{1,30}(_[0-9]{1,19})?\z")]
    private static partial Regex TargetForm();
}

internal sealed class ListAuditHandler(IFikoDb db) : IRequestHandler<ListAudit, Page<AuditView>>
{
    private static readonly Ordering<AuditEntry> Newest = new Ordering<AuditEntry>(e => e.Id).By("at", e => e.At, descending: true);

    public async Task<Page<AuditView>> Handle(ListAudit list, CancellationToken ct)
    {
        list.By.MustOwn();
        var keys = await Newest.PageAsync(await MatchingAsync(list, ct), list.Paging, ct);
        var ids = keys.Ids.ToArray();
        var entries = await db.AuditEntries.AsNoTracking().Where(e => EF.Parameter(ids).Contains(e.Id)).ToListAsync(ct);
        return keys.With(entries.Select(ViewOf), v => v.Id);
    }

    private async Task<IQueryable<AuditEntry>> MatchingAsync(ListAudit list, CancellationToken ct)
    {
        var matching = db.AuditEntries.Where(e => e.WorkspaceId == list.By.WorkspaceId);
        if (list.UserId is { } user)
        {
            // Who is gone still has done what they did; who was never here is a mistake, and no empty list.
            if (!await db.Agents.AnyAsync(a => a.Id == user && a.WorkspaceId == list.By.WorkspaceId, ct))
            {
                throw new RuleBrokenException(Rules.InvalidField, Rules.InvalidValue("user_id"), "user_id");
            }

            matching = matching.Where(e => e.AgentId == user);
        }

        if (list.Action is { } action)
        {
            matching = matching.Where(e => e.Action == action);
        }

        if (list.Target is { } target)
        {
            matching = matching.Where(e => e.Target == target);
        }

        if (list.From is { } from)
        {
            matching = matching.Where(e => e.At >= from);
        }

        return list.To is { } to ? matching.Where(e => e.At < to) : matching;
    }

    private static AuditView ViewOf(AuditEntry entry) => new(
        entry.Id,
        entry.AgentId,
        entry.AgentName,
        entry.Action,
        entry.Target,
        entry.Facts is null ? null : JsonDocument.Parse(entry.Facts).RootElement,
        entry.At,
        entry.Address,
        entry.UserAgent,
        entry.SessionId);
}
