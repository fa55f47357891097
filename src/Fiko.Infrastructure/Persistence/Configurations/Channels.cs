using Fiko.Domain.Channels;
using Fiko.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fiko.Infrastructure.Persistence.Configurations;

internal sealed class ChannelAccountConfiguration : IEntityTypeConfiguration<ChannelAccount>
{
    public void Configure(EntityTypeBuilder<ChannelAccount> channel)
    {
        channel.ToTable("channels");
        channel.Property(c => c.Source).HasMaxLength(32);
        channel.Property(c => c.Name).HasMaxLength(200);
        channel.Property(c => c.Username).HasMaxLength(200);
        channel.Property(c => c.ExternalId).HasMaxLength(64);
        channel.Property(c => c.SealedToken).HasMaxLength(2000).IsUnicode(false);
        channel.Property(c => c.SealedSecret).HasMaxLength(2000).IsUnicode(false);
        channel.Property(c => c.KeyHash).HasMaxLength(64).IsUnicode(false);
        channel.Property(c => c.LastError).HasMaxLength(1000);
        channel.Property(c => c.Version).IsConcurrencyToken();
        channel.HasIndex(c => new { c.Source, c.ExternalId }).IsUnique();
        channel.HasIndex(c => c.WorkspaceId);
        channel.HasOne<Workspace>().WithMany().HasForeignKey(c => c.WorkspaceId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class InboundUpdateConfiguration : IEntityTypeConfiguration<InboundUpdate>
{
    public void Configure(EntityTypeBuilder<InboundUpdate> update)
    {
        update.ToTable("inbound_updates");
        update.Property(u => u.Key).HasMaxLength(200);
        update.Property(u => u.Lane).HasMaxLength(100);
        update.Property(u => u.Reason).HasMaxLength(500);
        update.Property(u => u.About).HasMaxLength(500);
        update.Property(u => u.Status).IsConcurrencyToken();
        update.HasIndex(u => new { u.ChannelId, u.Key }).IsUnique();
        update.HasIndex(u => new { u.ChannelId, u.Lane, u.Id }).HasFilter("Status = 'Pending'");
        update.HasIndex(u => new { u.ChannelId, u.Lane, u.Id }, "chat").HasDatabaseName("IX_inbound_updates_of_chat");
        update.HasIndex(u => new { u.ChannelId, u.About }).HasFilter("Status = 'Waiting'").HasDatabaseName("IX_inbound_updates_waiting");
        update.HasOne<ChannelAccount>().WithMany().HasForeignKey(u => u.ChannelId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class StrayUpdateConfiguration : IEntityTypeConfiguration<StrayUpdate>
{
    public void Configure(EntityTypeBuilder<StrayUpdate> update)
    {
        update.ToTable("stray_updates");
        update.Property(u => u.Source).HasMaxLength(32);
        update.Property(u => u.Key).HasMaxLength(200);
        update.Property(u => u.Reason).HasMaxLength(500);
        update.HasIndex(u => new { u.Source, u.Key }).IsUnique();
    }
}

internal sealed class GroupNoticeConfiguration : IEntityTypeConfiguration<GroupNotice>
{
    public void Configure(EntityTypeBuilder<GroupNotice> notice)
    {
        notice.ToTable("group_notices");
        notice.HasKey(n => new { n.ChannelId, n.Chat });
        notice.Property(n => n.Chat).HasMaxLength(100);
        notice.HasOne<ChannelAccount>().WithMany().HasForeignKey(n => n.ChannelId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class PollTurnConfiguration : IEntityTypeConfiguration<PollTurn>
{
    public void Configure(EntityTypeBuilder<PollTurn> turn)
    {
        turn.ToTable("poll_turns");
        turn.HasKey(t => t.ChannelId);
        turn.Property(t => t.ChannelId).ValueGeneratedNever();

        // Who takes over an ended turn must be the only one to.
        turn.Property(t => t.Holder).IsConcurrencyToken();
        turn.Property(t => t.Until).IsConcurrencyToken();
        turn.HasOne<ChannelAccount>().WithOne().HasForeignKey<PollTurn>(t => t.ChannelId).OnDelete(DeleteBehavior.Restrict);
    }
}
