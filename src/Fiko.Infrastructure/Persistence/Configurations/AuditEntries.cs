using Fiko.Application.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fiko.Infrastructure.Persistence.Configurations;

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        // No foreign keys: what was done stays done, whoever and whatever it was done to is there no more.
        entry.ToTable("audit_entries");
        entry.Property(e => e.AgentName).HasMaxLength(401);
        entry.Property(e => e.Action).HasMaxLength(64).IsUnicode(false);
        entry.Property(e => e.Target).HasMaxLength(64).IsUnicode(false);
        entry.Property(e => e.Address).HasMaxLength(64).IsUnicode(false);
        entry.Property(e => e.UserAgent).HasMaxLength(Whereabouts.LongestUserAgent);

        // Each filter is a range of one of these, newest first; with several, the others are checked row by row. The id comes last by itself.
        entry.HasIndex(e => new { e.WorkspaceId, e.At });
        entry.HasIndex(e => new { e.WorkspaceId, e.AgentId, e.At });
        entry.HasIndex(e => new { e.WorkspaceId, e.Action, e.At });
        entry.HasIndex(e => new { e.WorkspaceId, e.Target, e.At });
    }
}
