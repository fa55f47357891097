using Fiko.Application.Attachments;
using Fiko.Application.Realtime;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Fiko.Domain.Shared;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Conversations;

/// <summary>An agent as others see them, on the wire a user.</summary>
public sealed record AssignedUser(long UserId, string Username)
{
    public static string NameOf(string firstName, string lastName, string email) =>
        $"{firstName} {lastName}".Trim() is { Length: > 0 } name ? name : email;
}

/// <summary>What all commands that handle a conversation do around their one verb.</summary>
internal sealed class ConversationDesk(IFikoDb db, IFileLinks links, TimeProvider time)
{
    /// <summary>Takes the conversation, changes it and saves it.</summary>
    /// <returns>Null where there was news, which everybody hears; else its present state, for the asker alone.</returns>
    /// <exception cref="RuleBrokenException">It is not there, not the one that the asker saw, or the change is against a rule.</exception>
    public async Task<ServerFrame?> ChangeAsync(Caller by, ConversationId id, string reason, Func<Conversation, Task> change, CancellationToken ct, int? ifMatch = null)
    {
        var conversation = await db.Conversations.Include(c => c.Tagged).GetAsync(id, by, ct);
        var version = conversation.Version;
        Versions.MustMatch(ifMatch, version);
        await change(conversation);
        if (conversation.Version != version)
        {
            await db.SaveChangesAsync(ct);
            return null;
        }

        var view = await db.Conversations.Where(c => c.Id == id.Value).ToViews(db).LoadAsync(db, links, ct);
        return new ConversationUpdatedFrame(id.ToString(), view[0], reason, time.Now(), Cursor: null);
    }

    /// <summary>Somebody has it already; the loser is told who (rest.md, claim).</summary>
    public async Task<RuleBrokenException> TakenAsync(long? agentId, CancellationToken ct)
    {
        var agent = await db.Agents.Where(a => a.Id == agentId).Select(a => new { a.Id, a.FirstName, a.LastName, a.Email }).SingleOrDefaultAsync(ct);
        var user = agent is null ? null : new AssignedUser(agent.Id, AssignedUser.NameOf(agent.FirstName, agent.LastName, agent.Email));
        return new RuleBrokenException("already_assigned", user is null ? "Nobody takes care of it any more" : "Somebody else takes care of it already")
        {
            Facts = new Dictionary<string, object?> { ["assigned_to"] = user },
        };
    }

    /// <exception cref="RuleBrokenException">There is no such agent at work in the workspace.</exception>
    public async Task MustBeAtWorkAsync(Caller by, long agentId, string field, CancellationToken ct)
    {
        if (!await db.Agents.VisibleTo(by).AnyAsync(a => a.Id == agentId && a.IsActive, ct))
        {
            throw Access.UserNotFound(field);
        }
    }

    /// <summary>A chat has one open conversation.</summary>
    /// <exception cref="RuleBrokenException">This one is closed, and another one of the same customer is open.</exception>
    public async Task ChangeStatusAsync(Conversation conversation, ConversationStatus status, Caller by, CancellationToken ct)
    {
        if (conversation.Status is ConversationStatus.Closed
            && status is not ConversationStatus.Closed
            && await db.Conversations.AnyAsync(
                c => c.ChannelId == conversation.ChannelId && c.Chat == conversation.Chat && c.Status != ConversationStatus.Closed, ct))
        {
            throw OpenElsewhere();
        }

        if (status is not ConversationStatus.Closed)
        {
            await db.GiveBackAsync(conversation, ct);
        }

        conversation.ChangeStatus(status, time.Now(), by.AgentId);
    }

    public static RuleBrokenException OpenElsewhere() => new("already_open", "Another conversation with this customer is open", "status");

    public async Task AssignAsync(Conversation conversation, long? to, Caller by, string field, CancellationToken ct)
    {
        if (to is not { } agent)
        {
            conversation.Release(by.AgentId, by.MayAdminister);
            return;
        }

        await MustBeAtWorkAsync(by, agent, field, ct);
        conversation.Assign(agent, by.AgentId);
    }
}
