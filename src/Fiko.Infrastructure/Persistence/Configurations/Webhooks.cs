using Fiko.Domain.Webhooks;
using Fiko.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fiko.Infrastructure.Persistence.Configurations;

internal sealed class WebhookSubscriptionConfiguration : IEntityTypeConfiguration<WebhookSubscription>
{
    public void Configure(EntityTypeBuilder<WebhookSubscription> webhook)
    {
        webhook.ToTable("webhooks");
        webhook.Property(w => w.Url).HasMaxLength(2000);
        webhook.Property(w => w.Events).HasMaxLength(4000);
        webhook.Property(w => w.Description).HasMaxLength(500);
        webhook.Property(w => w.DisabledReason).HasMaxLength(200);
        webhook.Property(w => w.SealedSecret).HasMaxLength(2000).IsUnicode(false);
        webhook.Property(w => w.SealedOldSecret).HasMaxLength(2000).IsUnicode(false);
        webhook.Property(w => w.Position).IsConcurrencyToken();
        webhook.Property(w => w.Version).IsConcurrencyToken();
        webhook.HasIndex(w => new { w.WorkspaceId, w.Id });
        webhook.HasOne<Workspace>().WithMany().HasForeignKey(w => w.WorkspaceId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class WebhookDeliveryConfiguration : IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<WebhookDelivery> delivery)
    {
        delivery.ToTable("webhook_deliveries");
        delivery.Property(d => d.Event).HasMaxLength(64).IsUnicode(false);
        delivery.Property(d => d.Status).HasConversion<string>().HasMaxLength(16).IsUnicode(false);
        delivery.Property(d => d.Error).HasMaxLength(500);
        delivery.Property(d => d.Version).IsConcurrencyToken();

        // An event goes to a receiver once, whoever makes its row.
        delivery.HasIndex(d => new { d.WebhookId, d.Position }).IsUnique();

        // What is open, and the list by status; its log, newest first.
        delivery.HasIndex(d => new { d.WebhookId, d.Status, d.Id });
        delivery.HasIndex(d => new { d.WebhookId, d.Id });

        // Whether something of the conversation is to go first.
        delivery.HasIndex(d => new { d.WebhookId, d.ConversationId, d.Status, d.Position });
        delivery.HasIndex(d => d.EndedAt);
        delivery.HasOne<WebhookSubscription>().WithMany().HasForeignKey(d => d.WebhookId).OnDelete(DeleteBehavior.Restrict);
    }
}
