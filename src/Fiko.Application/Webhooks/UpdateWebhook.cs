using Fiko.Application.Audit;
using Fiko.Application.Realtime;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Webhooks;
using FluentValidation;
using MediatR;

namespace Fiko.Application.Webhooks;

/// <summary>What a person changes of a subscription. It applies to whatever is sent afterwards; switched on again, it goes on where it stopped.</summary>
/// <param name="Url">Where to.</param>
/// <param name="Events">Which; null for all.</param>
/// <param name="Description">For people.</param>
/// <param name="IsActive">Whether events are sent.</param>
public sealed record WebhookPatch(Optional<string?> Url, Optional<IReadOnlyList<string>?> Events, Optional<string?> Description, Optional<bool?> IsActive);

/// <param name="By">An owner or an admin.</param>
/// <param name="Id">Which.</param>
/// <param name="Patch">What of it.</param>
/// <param name="IfMatch">The version that they saw; null where they do not care.</param>
public sealed record UpdateWebhook(Caller By, long Id, WebhookPatch Patch, int? IfMatch) : IRequest<WebhookView>;

internal sealed class UpdateWebhookValidator : AbstractValidator<UpdateWebhook>
{
    public UpdateWebhookValidator()
    {
        RuleFor(u => u.Patch.Url.Value).IsUrl().When(u => u.Patch.Url.IsSet);
        RuleFor(u => u.Patch.Events.Value).AreEvents().When(u => u.Patch.Events.IsSet);
        RuleFor(u => u.Patch.Description.Value).IsDescription().When(u => u.Patch.Description.IsSet);
        RuleFor(u => u.Patch.IsActive.Value).NotNull().AsInvalidField("is_active").When(u => u.Patch.IsActive.IsSet);
    }
}

internal sealed class UpdateWebhookHandler(IFikoDb db, IMediator mediator, IWebhookTargets targets) : IRequestHandler<UpdateWebhook, WebhookView>
{
    public async Task<WebhookView> Handle(UpdateWebhook update, CancellationToken ct)
    {
        // Whose it is comes first: an address is looked up for nobody else.
        await db.GetWebhookAsync(update.Id, update.By, ct);
        if (update.Patch.Url is { IsSet: true, Value: { } url })
        {
            await targets.MustAllowAsync(url, ct);
        }

        return (await mediator.Send(new ChangeWebhook(update.By, update.Id, update.Patch, update.IfMatch), ct)).View;
    }
}

/// <summary>The stored half of it.</summary>
internal sealed record ChangeWebhook(Caller By, long Id, WebhookPatch Patch, int? IfMatch) : ICommand<ChangedWebhook>, IAudited<ChangedWebhook>
{
    public AuditNote? Audit(ChangedWebhook result) => result.Fields.Count == 0
        ? null
        : new("webhook.updated", WebhookAudit.Target(Id), new Dictionary<string, object?> { ["fields"] = result.Fields });
}

internal sealed record ChangedWebhook(WebhookView View, IReadOnlyList<string> Fields);

internal sealed class ChangeWebhookHandler(IFikoDb db, TimeProvider time) : IRequestHandler<ChangeWebhook, ChangedWebhook>
{
    public async Task<ChangedWebhook> Handle(ChangeWebhook change, CancellationToken ct)
    {
        var webhook = await db.GetWebhookAsync(change.Id, change.By, ct);
        Versions.MustMatch(change.IfMatch, webhook.Version);
        var target = new WebhookTarget(
            change.Patch.Url.Or(webhook.Url)!,
            change.Patch.Events.Or(webhook.Events),
            change.Patch.Description.Or(webhook.Description)?.Trim() ?? "");
        var now = time.Now();
        var fields = webhook.Change(target, change.Patch.IsActive.Or(webhook.IsActive)!.Value, now);
        await db.SaveChangesAsync(ct);
        return new ChangedWebhook(WebhookView.Of(webhook, (await db.HeadAsync(webhook.WorkspaceId, ct)).Stamp, now), fields);
    }
}
