using Fiko.Application.Audit;
using Fiko.Application.Realtime;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Application.Tags;
using Fiko.Domain.Conversations;
using FluentValidation;
using MediatR;

namespace Fiko.Application.Conversations;

/// <summary>What of a conversation is to be changed; what was left out stays (rest.md, Writes).</summary>
/// <param name="Status">active, pending or closed.</param>
/// <param name="AssignedTo">A user id; null for nobody.</param>
/// <param name="Priority">1 to 4.</param>
/// <param name="Tags">All of its tags from now on, by name; what does not exist comes into being.</param>
/// <param name="Title">Null calls it after its customer again.</param>
public sealed record ConversationPatch(
    Optional<string?> Status,
    Optional<long?> AssignedTo,
    Optional<int?> Priority,
    Optional<IReadOnlyList<string?>?> Tags,
    Optional<string?> Title)
{
    /// <summary>The wire names of what is to be changed.</summary>
    public IReadOnlyList<string> Fields() =>
        [.. new (string Name, bool IsSet)[] { ("status", Status.IsSet), ("assigned_to", AssignedTo.IsSet), ("priority", Priority.IsSet), ("tags", Tags.IsSet), ("title", Title.IsSet) }
            .Where(f => f.IsSet).Select(f => f.Name)];
}

/// <summary>An agent changes several things of a conversation at once.</summary>
public sealed record PatchConversation(Caller By, ConversationId Conversation, ConversationPatch Patch, int? IfMatch = null) : ICommand<ServerFrame?>, IAudited<ServerFrame?>
{
    public AuditNote? Audit(ServerFrame? result) =>
        result is null ? new AuditNote("conversation.changed", Conversation.ToString(), new Dictionary<string, object?> { ["fields"] = Patch.Fields() }) : null;
}

internal sealed class PatchConversationValidator : AbstractValidator<PatchConversation>
{
    public PatchConversationValidator()
    {
        RuleFor(c => c.Patch.Status)
            .Must(s => !s.IsSet || (s.Value is not null && WireName.TryRead<ConversationStatus>(s.Value, out _))).AsInvalidField("status");
        RuleFor(c => c.Patch.Priority)
            .Must(p => !p.IsSet || p.Value is >= Conversation.LowestPriority and <= Conversation.HighestPriority).AsInvalidField("priority");
        RuleFor(c => c.Patch.Tags).Must(t => TagBook.AreWellNamed(t.Value)).AsInvalidField("tags");
        RuleFor(c => c.Patch.Title)
            .Must(t => t.Value is null || (Rules.IsOneLine(t.Value) && t.Value.Trim() is { Length: > 0 and <= Conversation.LongestTitle })).AsInvalidField("title");
    }
}

internal sealed class PatchConversationHandler(ConversationDesk desk, TagBook tags) : IRequestHandler<PatchConversation, ServerFrame?>
{
    public Task<ServerFrame?> Handle(PatchConversation request, CancellationToken ct)
    {
        var (by, patch) = (request.By, request.Patch);
        return desk.ChangeAsync(
            by,
            request.Conversation,
            "status",
            async conversation =>
            {
                if (patch.Status.Value is { } name && WireName.TryRead<ConversationStatus>(name, out var status))
                {
                    await desk.ChangeStatusAsync(conversation, status, by, ct);
                }

                if (patch.AssignedTo.IsSet)
                {
                    await desk.AssignAsync(conversation, patch.AssignedTo.Value, by, "assigned_to", ct);
                }

                conversation.Prioritise(patch.Priority.Value ?? conversation.Priority, by.AgentId);
                conversation.Retitle(patch.Title.IsSet ? patch.Title.Value?.Trim() : conversation.Title, by.AgentId);
                if (patch.Tags.IsSet)
                {
                    conversation.Retag(await tags.ResolveAsync(by, patch.Tags.Value ?? [], ct), by.AgentId);
                }
            },
            ct,
            request.IfMatch);
    }
}
