using Fiko.Application.Realtime;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fiko.Infrastructure.Persistence.Configurations;

internal sealed class LoggedEventConfiguration : IEntityTypeConfiguration<LoggedEvent>
{
    public void Configure(EntityTypeBuilder<LoggedEvent> row)
    {
        row.ToTable("events");
        row.HasKey(e => new { e.WorkspaceId, e.Position });
        row.Property(e => e.Position).ValueGeneratedNever();
        row.Property(e => e.Name).HasMaxLength(64).IsUnicode(false);
        row.Property(e => e.Facts).HasMaxLength(2000);

        // What a chat missed is one range of this index, whatever else happened in the workspace.
        row.HasIndex(e => new { e.ConversationId, e.Position });
    }
}
