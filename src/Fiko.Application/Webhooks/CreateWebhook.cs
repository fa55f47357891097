using Fiko.Application.Audit;
using Fiko.Application.Channels;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Shared;
using Fiko.Domain.Webhooks;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Fiko.Application.Webhooks;

/// <summary>From now on the workspace's events are sent to an address.</summary>
/// <param name="By">An owner or an admin.</param>
/// <param name="Url">Where to.</param>
/// <param name="Events">Which; null for all.</param>
/// <param name="Description">For people.</param>
/// <param name="IsActive">False for one that is to be switched on later.</param>
public sealed record CreateWebhook(Caller By, string? Url, IReadOnlyList<string>? Events, string? Description, bool IsActive = true) : IRequest<WebhookView>;

internal sealed class CreateWebhookValidator : AbstractValidator<CreateWebhook>
{
    public CreateWebhookValidator()
    {
        RuleFor(c => c.Url).IsUrl();
        RuleFor(c => c.Events).AreEvents();
        RuleFor(c => c.Description).IsDescription();
    }
}

internal sealed class CreateWebhookHandler(IMediator mediator, IWebhookTargets targets) : IRequestHandler<CreateWebhook, WebhookView>
{
    public async Task<WebhookView> Handle(CreateWebhook create, CancellationToken ct)
    {
        // Before the address is looked at: who may not register one may not have it looked up either.
        create.By.MustAdminister();
        await targets.MustAllowAsync(create.Url!, ct);
        return await mediator.Send(new AddWebhook(create.By, new WebhookTarget(create.Url!, create.Events, create.Description?.Trim() ?? ""), create.IsActive), ct);
    }
}

/// <summary>The stored half of it.</summary>
internal sealed record AddWebhook(Caller By, WebhookTarget Target, bool IsActive) : ICommand<WebhookView>, IAudited<WebhookView>
{
    public AuditNote? Audit(WebhookView result) => new("webhook.created", WebhookAudit.Target(result.Id));
}

internal sealed class AddWebhookHandler(IFikoDb db, ISecrets secrets, TimeProvider time, IOptions<WebhookOptions> options) : IRequestHandler<AddWebhook, WebhookView>
{
    public async Task<WebhookView> Handle(AddWebhook add, CancellationToken ct)
    {
        var most = options.Value.MaxPerWorkspace;
        if (await db.Webhooks.VisibleTo(add.By).CountAsync(ct) >= most)
        {
            throw new RuleBrokenException("too_many_webhooks", $"A workspace has {most} webhooks at most");
        }

        var now = time.Now();
        var head = await db.HeadAsync(add.By.WorkspaceId, ct);
        var secret = WebhookSecret.Create();
        var webhook = new WebhookSubscription(add.By.WorkspaceId, add.Target, secrets.Seal(secret), head.Position, now);
        if (!add.IsActive)
        {
            webhook.Change(add.Target, isActive: false, now);
        }

        db.Webhooks.Add(webhook);
        await db.SaveChangesAsync(ct);
        return WebhookView.Of(webhook, head.Stamp, now) with { Secret = secret };
    }
}

/// <summary>What signs the events of one subscription.</summary>
internal static class WebhookSecret
{
    // The prefix tells people and scanners what they have found.
    public static string Create() => $"whsec_{NewSecret.Create()}";
}

internal static class WebhookAudit
{
    public static string Target(long id) => $"webhook_{id}";
}

internal static class WebhookTargetRules
{
    /// <exception cref="RuleBrokenException">It is no address that may be called from here.</exception>
    public static async Task MustAllowAsync(this IWebhookTargets targets, string url, CancellationToken ct)
    {
        if (await targets.ObjectionAsync(WebhookFields.ReadUrl(url)!, ct) is { } objection)
        {
            throw new RuleBrokenException(Rules.InvalidField, objection, "url");
        }
    }
}
