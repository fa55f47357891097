using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Conversations;

/// <summary>What is closed keeps the name of who took care of it, also when they are removed. What opens again needs somebody who is there.</summary>
internal static class GoneAgents
{
    /// <summary>Gives a closed conversation that is about to open back to nobody, where its agent was removed.</summary>
    public static async Task GiveBackAsync(this IFikoDb db, Conversation closed, CancellationToken ct)
    {
        if (closed is { Status: ConversationStatus.Closed, AssignedTo: { } agent }
            && await db.Agents.AnyAsync(a => a.Id == agent && a.RemovedAt != null, ct))
        {
            closed.Assign(null, by: null);
        }
    }
}
