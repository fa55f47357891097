using Fiko.Application.Conversations;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Fiko.Domain.Shared;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Messaging;

/// <summary>What colleagues answered while an agent wrote, so that the customer is not answered twice.</summary>
internal sealed class OtherAnswers(IFikoDb db)
{
    /// <param name="conversation">Where. Of two who answer at the same moment, the second finds the first's answer there.</param>
    /// <param name="author">Whose own messages do not count.</param>
    /// <param name="seen">The newest message that they have seen. What is not visible yet, nobody has seen.</param>
    /// <param name="ct">Ends the look.</param>
    /// <exception cref="RuleBrokenException"><c>conversation_moved</c>: somebody has answered, or is being sent.</exception>
    public async Task MustNotBeThereAsync(Conversation conversation, Caller author, long seen, CancellationToken ct)
    {
        conversation.Contend();
        var other = await (
            from message in db.Messages
            where message.ConversationId == conversation.Id
                && message.Author == MessageAuthor.Support
                && message.SenderId != author.AgentId
                && message.Status != MessageStatus.Failed
                && (message.Seq == null || message.Seq > seen)
            join agent in db.Agents on message.SenderId equals agent.Id into senders
            from sender in senders.DefaultIfEmpty()
            orderby message.Id descending
            select new { Sender = sender == null ? null : new { sender.Id, sender.FirstName, sender.LastName, sender.Email } }).FirstOrDefaultAsync(ct);
        if (other is null)
        {
            return;
        }

        var facts = new Dictionary<string, object?> { ["last_seq"] = conversation.LastSeq };
        if (other.Sender is { } colleague)
        {
            facts["answered_by"] = new AssignedUser(colleague.Id, AssignedUser.NameOf(colleague.FirstName, colleague.LastName, colleague.Email));
        }

        throw new RuleBrokenException("conversation_moved", "Somebody else has answered meanwhile") { Facts = facts };
    }
}
