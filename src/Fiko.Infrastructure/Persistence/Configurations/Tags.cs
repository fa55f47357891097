using Fiko.Domain.Tags;
using Fiko.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fiko.Infrastructure.Persistence.Configurations;

internal sealed class TagConfiguration : IEntityTypeConfiguration<Tag>
{
    public void Configure(EntityTypeBuilder<Tag> tag)
    {
        tag.ToTable("tags");
        tag.Property(t => t.Name).HasMaxLength(Tag.LongestName);
        tag.Property(t => t.Colour).HasMaxLength(7).IsUnicode(false);
        tag.Property(t => t.Version).IsConcurrencyToken();
        tag.HasIndex(t => new { t.WorkspaceId, t.Name }).IsUnique();
        tag.HasOne<Workspace>().WithMany().HasForeignKey(t => t.WorkspaceId).OnDelete(DeleteBehavior.Restrict);
    }
}
