using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Fiko.Domain.Customers;
using Fiko.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fiko.Infrastructure.Persistence.Configurations;

internal sealed class CustomerConfiguration : IEntityTypeConfiguration<Customer>
{
    public void Configure(EntityTypeBuilder<Customer> customer)
    {
        customer.ToTable("customers");
        customer.Property(c => c.Source).HasMaxLength(32);
        customer.Property(c => c.FirstName).HasMaxLength(200);
        customer.Property(c => c.LastName).HasMaxLength(200);
        customer.Property(c => c.Username).HasMaxLength(200);
        customer.HasIndex(c => c.WorkspaceId);
        customer.HasOne<Attachment>().WithMany().HasForeignKey(c => c.AvatarId).OnDelete(DeleteBehavior.NoAction);
        customer.HasOne<Workspace>().WithMany().HasForeignKey(c => c.WorkspaceId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ChannelAddressConfiguration : IEntityTypeConfiguration<ChannelAddress>
{
    public void Configure(EntityTypeBuilder<ChannelAddress> address)
    {
        address.ToTable("channel_addresses");
        address.Property(a => a.Address).HasMaxLength(200);

        // A channel belongs to one workspace, so this is also one customer per (workspace, channel, address).
        address.HasIndex(a => new { a.ChannelId, a.Address }).IsUnique();
        address.Property(a => a.PictureVersion).HasMaxLength(400);

        // Of two servers that reach for the same profile, one gets it.
        address.Property(a => a.ProfileDueAt).IsConcurrencyToken();
        address.HasIndex(a => a.ProfileDueAt).HasFilter("ProfileDueAt IS NOT NULL");
        address.HasOne(a => a.Customer).WithMany().HasForeignKey(a => a.CustomerId).OnDelete(DeleteBehavior.Cascade);
        address.HasOne<ChannelAccount>().WithMany().HasForeignKey(a => a.ChannelId).OnDelete(DeleteBehavior.Restrict);
        address.HasOne<Workspace>().WithMany().HasForeignKey(a => a.WorkspaceId).OnDelete(DeleteBehavior.Restrict);
    }
}
