using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Replies;

/// <summary>What a canned reply says in a conversation. Nothing is sent: the agent looks at it first.</summary>
public sealed record RenderReply(Caller By, long Reply, string? Conversation) : IRequest<RenderedReply>;

public sealed record RenderedReply(long ReplyId, string ConversationId, string Text);

internal sealed class RenderReplyValidator : AbstractValidator<RenderReply>
{
    public RenderReplyValidator() => RuleFor(r => r.Conversation).Must(id => ConversationId.TryParse(id, out _)).AsInvalidField("conversation_id");
}

internal sealed class RenderReplyHandler(IFikoDb db) : IRequestHandler<RenderReply, RenderedReply>
{
    public async Task<RenderedReply> Handle(RenderReply render, CancellationToken ct)
    {
        _ = ConversationId.TryParse(render.Conversation, out var id);
        var reply = await db.GetReplyAsync(render.Reply, render.By, ct);
        var about = await db.Conversations.VisibleTo(render.By)
            .Where(c => c.Id == id.Value)
            .Select(c => new { c.Source, c.Customer.FirstName, c.Customer.LastName, c.Customer.Username })
            .SingleOrDefaultAsync(ct) ?? throw Access.ConversationNotFound();
        var agent = await db.Agents.Where(a => a.Id == render.By.AgentId).Select(a => new { a.FirstName, a.LastName }).SingleAsync(ct);
        var values = new Dictionary<string, string?>
        {
            ["customer.first_name"] = about.FirstName,
            ["customer.last_name"] = about.LastName,
            ["customer.username"] = about.Username,
            ["agent.first_name"] = agent.FirstName,
            ["agent.last_name"] = agent.LastName,
            ["conversation.id"] = id.ToString(),
            ["conversation.source"] = about.Source,
        };
        return new RenderedReply(reply.Id, id.ToString(), ReplyTemplate.Fill(reply.Text, values));
    }
}
