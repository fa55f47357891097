using Fiko.Domain.Agents;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Fiko.Domain.Customers;
using Fiko.Domain.Replies;
using Fiko.Domain.Shared;
using Fiko.Domain.Tags;
using Fiko.Domain.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Shared;

/// <summary>Who is asking, as their token proved.</summary>
/// <param name="SessionId">The login that the token came from; null for a token of another issuer.</param>
public sealed record Caller(long AgentId, long WorkspaceId, string Name, Role Role, long? SessionId)
{
    public bool MayAdminister => Role is Role.Owner or Role.Admin;
}

/// <summary>The one place that decides who sees what: the rows of the own workspace, and nothing else exists.</summary>
public static class Access
{
    public static IQueryable<Conversation> VisibleTo(this IQueryable<Conversation> all, Caller caller) =>
        all.Where(c => c.WorkspaceId == caller.WorkspaceId);

    public static IQueryable<Message> VisibleTo(this IQueryable<Message> all, Caller caller) =>
        all.Where(m => m.Conversation.WorkspaceId == caller.WorkspaceId);

    public static IQueryable<Tag> VisibleTo(this IQueryable<Tag> all, Caller caller) => all.Where(t => t.WorkspaceId == caller.WorkspaceId);

    public static IQueryable<CannedReply> VisibleTo(this IQueryable<CannedReply> all, Caller caller) => all.Where(r => r.WorkspaceId == caller.WorkspaceId);

    public static IQueryable<ChannelAccount> VisibleTo(this IQueryable<ChannelAccount> all, Caller caller) =>
        all.Where(c => c.WorkspaceId == caller.WorkspaceId && c.RemovedAt == null);

    /// <summary>The same of rows that are loaded already.</summary>
    public static bool Sees(this Caller caller, long workspaceId) => caller.WorkspaceId == workspaceId;

    /// <summary>Colleagues; who was removed is hidden.</summary>
    public static IQueryable<Agent> VisibleTo(this IQueryable<Agent> all, Caller caller) =>
        all.Where(a => a.WorkspaceId == caller.WorkspaceId && a.RemovedAt == null);

    /// <summary>Files of messages and pictures of customers; of uploads that are not sent yet only one's own.</summary>
    public static IQueryable<Attachment> VisibleTo(this IQueryable<Attachment> all, Caller caller) =>
        all.Where(a => a.WorkspaceId == caller.WorkspaceId && (a.UploadedBy == null || a.MessageId != null || a.UploadedBy == caller.AgentId));

    public static IQueryable<WebhookSubscription> VisibleTo(this IQueryable<WebhookSubscription> all, Caller caller) =>
        all.Where(w => w.WorkspaceId == caller.WorkspaceId && w.RemovedAt == null);

    /// <summary>One that was merged into another is shown as that one.</summary>
    public static IQueryable<Customer> VisibleTo(this IQueryable<Customer> all, Caller caller) =>
        all.Where(c => c.WorkspaceId == caller.WorkspaceId && c.MergedInto == null);

    public static IQueryable<CustomerMerge> VisibleTo(this IQueryable<CustomerMerge> all, Caller caller) =>
        all.Where(m => m.WorkspaceId == caller.WorkspaceId);

    /// <exception cref="RuleBrokenException">There is none, or it is another workspace's: the two can't be told apart.</exception>
    public static async Task<Conversation> GetAsync(this IQueryable<Conversation> all, ConversationId id, Caller caller, CancellationToken ct) =>
        await all.VisibleTo(caller).Include(c => c.Customer).SingleOrDefaultAsync(c => c.Id == id.Value, ct)
        ?? throw ConversationNotFound();

    /// <exception cref="RuleBrokenException">There is none, or it is another workspace's. Of one that was merged it says into whom.</exception>
    public static async Task<Customer> GetAsync(this IQueryable<Customer> all, long id, Caller caller, CancellationToken ct, string? field = null) =>
        await all.SingleOrDefaultAsync(c => c.Id == id && c.WorkspaceId == caller.WorkspaceId, ct) is { } customer && customer.MergedInto is var merged
            ? merged is null ? customer : throw CustomerNotFound(field, merged)
            : throw CustomerNotFound(field);

    /// <summary>For owners and admins alone.</summary>
    public static void MustAdminister(this Caller caller)
    {
        if (!caller.MayAdminister)
        {
            throw Forbidden();
        }
    }

    /// <summary>For owners alone.</summary>
    public static void MustOwn(this Caller caller)
    {
        if (caller.Role is not Role.Owner)
        {
            throw Forbidden();
        }
    }

    public static RuleBrokenException Forbidden() => new("forbidden", "You are not allowed to do this");

    public static RuleBrokenException UserNotFound(string? field = null) => new("user_not_found", "User not found", field);

    public static RuleBrokenException ConversationNotFound() => new("conversation_not_found", "Conversation not found");

    public static RuleBrokenException AttachmentNotFound(string? field = null) => new("attachment_not_found", "Attachment not found", field);

    public static RuleBrokenException WebhookNotFound() => new("webhook_not_found", "Webhook not found");

    public static RuleBrokenException WebhookDeliveryNotFound() => new("delivery_not_found", "Delivery not found");

    public static RuleBrokenException MessageNotFound(string? field = null) => new("message_not_found", "Message not found", field);

    /// <param name="field">The request's field that names the customer, where it is not the address.</param>
    /// <param name="mergedInto">Who the customer turned out to be.</param>
    public static RuleBrokenException CustomerNotFound(string? field = null, long? mergedInto = null) => new("customer_not_found", "Customer not found", field)
    {
        Facts = mergedInto is null ? new Dictionary<string, object?>() : new Dictionary<string, object?> { ["merged_into"] = mergedInto },
    };
}
