using Fiko.Domain.Agents;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Fiko.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fiko.Infrastructure.Persistence.Configurations;

internal sealed class ConversationConfiguration : IEntityTypeConfiguration<Conversation>
{
    public void Configure(EntityTypeBuilder<Conversation> conversation)
    {
        conversation.ToTable("conversations");
        conversation.Property(c => c.Source).HasMaxLength(32);
        conversation.Property(c => c.Chat).HasMaxLength(200);
        conversation.Property(c => c.Title).HasMaxLength(Conversation.LongestTitle);
        conversation.Property(c => c.TagIds).HasColumnName("Tags");
        conversation.Ignore(c => c.OpenedAt);
        conversation.HasMany(c => c.Closings).WithOne().HasForeignKey(c => c.ConversationId).OnDelete(DeleteBehavior.Cascade);
        conversation.HasMany(c => c.Tagged).WithOne().HasForeignKey(t => t.ConversationId).OnDelete(DeleteBehavior.Cascade);
        conversation.Property(c => c.Version).IsConcurrencyToken();

        // One open conversation of a chat on a channel, however many first messages come at once. A customer may have several chats.
        conversation.HasIndex(c => new { c.ChannelId, c.Chat }).IsUnique().HasFilter("Status <> 'Closed'").HasDatabaseName("IX_conversations_open");
        conversation.HasIndex(c => new { c.ChannelId, c.Chat, c.Id }).HasDatabaseName("IX_conversations_of_chat");
        conversation.HasIndex(c => c.CustomerId);
        conversation.HasIndex(c => c.CustomerId, "unread of customer").HasFilter("UnreadCount > 0").HasDatabaseName("IX_conversations_unread_of_customer");

        // What lists sort and narrow by; the last columns make each page one range of its index.
        conversation.HasIndex(c => new { c.WorkspaceId, c.UpdatedAt, c.Id }).HasDatabaseName("IX_conversations_list");
        conversation.HasIndex(c => new { c.WorkspaceId, c.Status, c.UpdatedAt, c.Id }).HasDatabaseName("IX_conversations_list_by_status");
        conversation.HasIndex(c => new { c.WorkspaceId, c.Source, c.UpdatedAt, c.Id }).HasDatabaseName("IX_conversations_list_by_source");
        conversation.HasIndex(c => new { c.WorkspaceId, c.AssignedTo, c.UpdatedAt, c.Id }).HasDatabaseName("IX_conversations_list_by_agent");
        conversation.HasIndex(c => new { c.WorkspaceId, c.CreatedAt, c.Id }).HasDatabaseName("IX_conversations_list_by_age");
        conversation.HasIndex(c => new { c.WorkspaceId, c.Priority, c.Id }).HasDatabaseName("IX_conversations_list_by_priority");
        conversation.HasIndex(c => new { c.WorkspaceId, c.UpdatedAt, c.Id }, "unread").HasFilter("UnreadCount > 0").HasDatabaseName("IX_conversations_list_unread");

        // What reports rank: nothing else of a conversation is read for it.
        conversation.HasIndex(c => new { c.WorkspaceId, c.AnsweredAt, c.AnsweredBy, c.Source, c.FirstResponseTime }).HasFilter("AnsweredAt IS NOT NULL").HasDatabaseName("IX_conversations_answered");

        conversation.HasOne<Workspace>().WithMany().HasForeignKey(c => c.WorkspaceId).OnDelete(DeleteBehavior.Restrict);
        conversation.HasOne<ChannelAccount>().WithMany().HasForeignKey(c => c.ChannelId).OnDelete(DeleteBehavior.Restrict);
        conversation.HasOne(c => c.Customer).WithMany().HasForeignKey(c => c.CustomerId).OnDelete(DeleteBehavior.Restrict);
        conversation.HasOne<Agent>().WithMany().HasForeignKey(c => c.AssignedTo).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ConversationClosingConfiguration : IEntityTypeConfiguration<ConversationClosing>
{
    public void Configure(EntityTypeBuilder<ConversationClosing> closing)
    {
        closing.ToTable("conversation_closings");
        closing.Property(c => c.Source).HasMaxLength(32);
        closing.HasIndex(c => new { c.WorkspaceId, c.ClosedAt, c.AgentId, c.Source, c.ResolutionTime });
    }
}

internal sealed class MessageConfiguration : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> message)
    {
        message.ToTable("messages");
        message.Property(m => m.Kind).HasMaxLength(32);
        message.Property(m => m.ClientId).HasMaxLength(64).IsUnicode(false);
        message.Property(m => m.Fingerprint).HasMaxLength(64).IsUnicode(false);
        message.Property(m => m.Error).HasMaxLength(1000);
        message.Property(m => m.ExternalId).HasMaxLength(255);
        message.Property(m => m.Album).HasMaxLength(64);
        message.Property(m => m.Via).HasMaxLength(32);
        message.Property(m => m.CustomerReaction).HasMaxLength(100);
        message.Property(m => m.SupportReaction).HasMaxLength(100);
        message.HasIndex(m => new { m.ConversationId, m.Seq }).IsUnique();
        message.HasIndex(m => new { m.ConversationId, m.ClientId }).IsUnique();
        message.HasIndex(m => new { m.ConversationId, m.Album }).IsUnique();

        // What reports count: a channel is of one workspace, and nothing else of a message is read for it.
        message.HasIndex(m => new { m.ChannelId, m.Author, m.CreatedAt, m.SenderId, m.Seq }).HasFilter("Seq IS NOT NULL").HasDatabaseName("IX_messages_counted");
        message.HasIndex(m => m.ConversationId).HasFilter("Seq IS NULL").HasDatabaseName("IX_messages_accepted");
        message.HasOne(m => m.Conversation).WithMany().HasForeignKey(m => m.ConversationId).OnDelete(DeleteBehavior.Cascade);
        message.HasOne<Agent>().WithMany().HasForeignKey(m => m.SenderId).OnDelete(DeleteBehavior.Restrict);
        message.HasMany(m => m.Revisions).WithOne().HasForeignKey(r => r.MessageId).OnDelete(DeleteBehavior.Cascade);
        message.HasMany(m => m.Deliveries).WithOne(d => d.Message).HasForeignKey(d => d.MessageId).OnDelete(DeleteBehavior.Cascade);
        message.HasMany(m => m.Attachments).WithOne().HasForeignKey(a => a.MessageId).OnDelete(DeleteBehavior.Cascade);
        message.HasMany(m => m.PlatformIds).WithOne().HasForeignKey(p => p.MessageId).OnDelete(DeleteBehavior.Cascade);
        message.Ignore(m => m.IsVisible);
    }
}

internal sealed class MessageRevisionConfiguration : IEntityTypeConfiguration<MessageRevision>
{
    public void Configure(EntityTypeBuilder<MessageRevision> revision) => revision.ToTable("message_revisions");
}

internal sealed class DeliveryConfiguration : IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Delivery> delivery)
    {
        delivery.ToTable("deliveries");
        delivery.Property(d => d.Chat).HasMaxLength(200);
        delivery.Property(d => d.ExternalId).HasMaxLength(255);
        delivery.Property(d => d.Error).HasMaxLength(1000);
        delivery.Property(d => d.Version).IsConcurrencyToken();
        delivery.HasIndex(d => new { d.MessageId, d.Part }).IsUnique();
        delivery.HasOne(d => d.Attachment).WithMany().HasForeignKey(d => d.AttachmentId).OnDelete(DeleteBehavior.NoAction);

        // What is still to be done: small, however much was ever sent.
        delivery.HasIndex(d => new { d.ConversationId, d.MessageId, d.Part }).HasFilter("Status IN ('Pending', 'Sending')").HasDatabaseName("IX_deliveries_open");
    }
}

internal sealed class PlatformIdConfiguration : IEntityTypeConfiguration<PlatformId>
{
    public void Configure(EntityTypeBuilder<PlatformId> id)
    {
        id.ToTable("platform_ids");

        // The one constraint that makes a redelivery, an echo and the answer to our own call the same message.
        id.HasIndex(p => new { p.ChannelId, p.Scope, p.ExternalId }).IsUnique();
        id.Property(p => p.Scope).HasMaxLength(200);
        id.Property(p => p.ExternalId).HasMaxLength(255);
        id.HasIndex(p => p.MessageId);
    }
}

internal sealed class AttachmentConfiguration : IEntityTypeConfiguration<Attachment>
{
    public void Configure(EntityTypeBuilder<Attachment> attachment)
    {
        attachment.ToTable("attachments");
        attachment.Property(a => a.Kind).HasMaxLength(32);
        attachment.Property(a => a.Name).HasMaxLength(255);
        attachment.Property(a => a.MediaType).HasMaxLength(100);
        attachment.Property(a => a.Problem).HasMaxLength(500);
        attachment.Property(a => a.Link).HasMaxLength(4000);
        attachment.Property(a => a.RemoteId).HasMaxLength(4000);
        attachment.Property(a => a.StorageKey).HasMaxLength(100).IsUnicode(false);
        attachment.Property(a => a.Version).IsConcurrencyToken();
        attachment.HasIndex(a => new { a.MessageId, a.Position });

        // What is still to be fetched, and what is still to be forgotten: small, however many files there are.
        attachment.HasIndex(a => a.DueAt).HasFilter("Status = 'Pending'").HasDatabaseName("IX_attachments_due");
        attachment.HasIndex(a => a.Id).HasFilter("Status = 'Deleted' AND StorageKey IS NOT NULL").HasDatabaseName("IX_attachments_to_forget");
        attachment.HasIndex(a => a.CreatedAt).HasFilter("MessageId IS NULL AND UploadedBy IS NOT NULL").HasDatabaseName("IX_attachments_unused");
        attachment.HasOne<Workspace>().WithMany().HasForeignKey(a => a.WorkspaceId).OnDelete(DeleteBehavior.Restrict);
        attachment.HasOne<ChannelAccount>().WithMany().HasForeignKey(a => a.ChannelId).OnDelete(DeleteBehavior.Restrict);
        attachment.HasOne<Agent>().WithMany().HasForeignKey(a => a.UploadedBy).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ReadPositionConfiguration : IEntityTypeConfiguration<ReadPosition>
{
    public void Configure(EntityTypeBuilder<ReadPosition> position)
    {
        position.ToTable("read_positions");
        position.HasKey(p => new { p.ConversationId, p.AgentId });
        position.HasOne<Conversation>().WithMany().HasForeignKey(p => p.ConversationId).OnDelete(DeleteBehavior.Cascade);
        position.HasOne<Agent>().WithMany().HasForeignKey(p => p.AgentId).OnDelete(DeleteBehavior.Restrict);
    }
}
