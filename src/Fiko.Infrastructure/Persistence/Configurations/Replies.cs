using Fiko.Domain.Agents;
using Fiko.Domain.Conversations;
using Fiko.Domain.Replies;
using Fiko.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fiko.Infrastructure.Persistence.Configurations;

internal sealed class CannedReplyConfiguration : IEntityTypeConfiguration<CannedReply>
{
    public void Configure(EntityTypeBuilder<CannedReply> reply)
    {
        reply.ToTable("canned_replies");
        reply.Property(r => r.Title).HasMaxLength(CannedReply.LongestTitle);
        reply.Property(r => r.Shortcut).HasMaxLength(CannedReply.LongestShortcut);
        reply.Property(r => r.Version).IsConcurrencyToken();
        reply.HasIndex(r => new { r.WorkspaceId, r.Title }).IsUnique();
        reply.HasIndex(r => new { r.WorkspaceId, r.Shortcut }).IsUnique();
        reply.HasOne<Workspace>().WithMany().HasForeignKey(r => r.WorkspaceId).OnDelete(DeleteBehavior.Restrict);
        reply.HasOne<Agent>().WithMany().HasForeignKey(r => r.CreatedBy).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class DraftConfiguration : IEntityTypeConfiguration<Draft>
{
    public void Configure(EntityTypeBuilder<Draft> draft)
    {
        draft.ToTable("drafts");
        draft.HasKey(d => new { d.ConversationId, d.AgentId });
        draft.HasOne<Conversation>().WithMany().HasForeignKey(d => d.ConversationId).OnDelete(DeleteBehavior.Cascade);
        draft.HasOne<Agent>().WithMany().HasForeignKey(d => d.AgentId).OnDelete(DeleteBehavior.Restrict);
    }
}
