using Fiko.Application.Audit;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Application.Tags;
using Fiko.Domain.Conversations;
using Fiko.Domain.Shared;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Conversations;

/// <summary>One transaction's worth of <see cref="BulkConversations"/>.</summary>
internal sealed record ChangeConversations(Caller By, IReadOnlyList<long> Ids, BulkChange Change) : ICommand<BulkCounts>, IAudited<BulkCounts>
{
    public AuditNote? Audit(BulkCounts result) => result.Changed == 0 ? null : new AuditNote(
        "conversation.bulk_changed",
        $"workspace_{By.WorkspaceId}",
        new Dictionary<string, object?> { ["action"] = Change.Action, ["changed"] = result.Changed, ["first"] = new ConversationId(Ids[0]).ToString(), ["last"] = new ConversationId(Ids[^1]).ToString() });
}

internal sealed class ChangeConversationsHandler(IFikoDb db, ConversationDesk desk, TagBook tags, TimeProvider time) : IRequestHandler<ChangeConversations, BulkCounts>
{
    public async Task<BulkCounts> Handle(ChangeConversations request, CancellationToken ct)
    {
        var ids = request.Ids.ToArray();
        var all = await db.Conversations.VisibleTo(request.By).Where(c => ids.Contains(c.Id)).Include(c => c.Tagged).OrderBy(c => c.Id).ToListAsync(ct);
        var change = await ChooseAsync(request, all, ct);
        var (changed, refused) = (0, 0);
        foreach (var conversation in all)
        {
            var version = conversation.Version;
            try
            {
                await change(conversation);
            }
            catch (RuleBrokenException)
            {
                // Rules are asked before anything is changed, so the others go on.
                refused++;
            }

            changed += conversation.Version == version ? 0 : 1;
        }

        await db.SaveChangesAsync(ct);
        return new BulkCounts(all.Count, changed, all.Count - changed - refused, refused, 0);
    }

    private async Task<Func<Conversation, Task>> ChooseAsync(ChangeConversations request, List<Conversation> all, CancellationToken ct)
    {
        var (by, change) = (request.By, request.Change);
        switch (change.Action)
        {
            case "set_status":
                _ = WireName.TryRead<ConversationStatus>(change.Status!, out var status);
                var open = status is ConversationStatus.Closed ? [] : await OpenElsewhereAsync(all, ct);
                return c => c.Status is ConversationStatus.Closed && status is not ConversationStatus.Closed && !open.Add((c.ChannelId, c.CustomerId))
                    ? throw ConversationDesk.OpenElsewhere()
                    : Do(() => c.ChangeStatus(status, time.Now(), by.AgentId));
            case "assign":
                if (change.UserId is { } agent)
                {
                    await desk.MustBeAtWorkAsync(by, agent, "user_id", ct);
                    return c => Do(() => c.Assign(agent, by.AgentId));
                }

                return c => Do(() => c.Release(by.AgentId, by.MayAdminister));
            case "add_tags":
                var added = await tags.ResolveAsync(by, change.Tags!, ct);
                return c => Do(() => c.Retag([.. c.TagIds.Union(added)], by.AgentId));
            case "remove_tags":
                var removed = await tags.FindAsync(by, change.Tags!, ct);
                return c => Do(() => c.Retag([.. c.TagIds.Except(removed)], by.AgentId));
            default:
                var read = await ReadPositionsAsync(by, all, ct);
                return c => Do(() => read(c));
        }
    }

    // A customer's one open conversation on a channel keeps the place; the closed ones beside it stay closed.
    private async Task<HashSet<(long ChannelId, long CustomerId)>> OpenElsewhereAsync(List<Conversation> all, CancellationToken ct)
    {
        var customers = all.Where(c => c.Status is ConversationStatus.Closed).Select(c => c.CustomerId).Distinct().ToArray();
        var open = await db.Conversations
            .Where(c => customers.Contains(c.CustomerId) && c.Status != ConversationStatus.Closed)
            .Select(c => new { c.ChannelId, c.CustomerId })
            .ToListAsync(ct);
        return [.. open.Select(c => (c.ChannelId, c.CustomerId))];
    }

    private async Task<Action<Conversation>> ReadPositionsAsync(Caller by, List<Conversation> all, CancellationToken ct)
    {
        var ids = all.ConvertAll(c => c.Id).ToArray();
        var known = await db.ReadPositions.Where(p => p.AgentId == by.AgentId && ids.Contains(p.ConversationId)).ToDictionaryAsync(p => p.ConversationId, ct);
        var now = time.Now();
        return c =>
        {
            c.MarkRead(by.AgentId, c.LastSeq, unreadAfter: 0);
            if (known.TryGetValue(c.Id, out var position))
            {
                position.Advance(c.LastSeq, now);
            }
            else
            {
                db.ReadPositions.Add(new ReadPosition(c.Id, by.AgentId, c.LastSeq, now));
            }
        };
    }

    private static Task Do(Action change)
    {
        change();
        return Task.CompletedTask;
    }
}
