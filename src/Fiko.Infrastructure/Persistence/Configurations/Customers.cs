using System.Text.Encodings.Web;
using System.Text.Json;
using Fiko.Domain.Agents;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Fiko.Domain.Customers;
using Fiko.Domain.Tags;
using Fiko.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fiko.Infrastructure.Persistence.Configurations;

internal sealed class CustomerConfiguration : IEntityTypeConfiguration<Customer>
{
    // What is shown: one that was merged into another is not.
    private const string Shown = "MergedInto IS NULL";

    // Persian stays readable for whoever looks into the database.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Configure(EntityTypeBuilder<Customer> customer)
    {
        customer.ToTable("customers");
        customer.Property(c => c.Source).HasMaxLength(32);
        customer.Property(c => c.FirstName).HasMaxLength(Customer.LongestName);
        customer.Property(c => c.LastName).HasMaxLength(Customer.LongestName);
        customer.Property(c => c.Username).HasMaxLength(200);
        customer.Property(c => c.SortName).HasMaxLength(200).HasDefaultValue("");
        customer.Property(c => c.Email).HasMaxLength(Customer.LongestEmail);
        customer.Property(c => c.PhoneNumber).HasMaxLength(Customer.LongestPhoneNumber);
        customer.Property(c => c.Description).HasMaxLength(Customer.LongestDescription);
        customer.Property(c => c.Attributes)
            .HasDefaultValueSql("'{}'")
            .HasConversion(
                attributes => JsonSerializer.Serialize(attributes, Plain),
                json => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json, Plain)!,
                new ValueComparer<IReadOnlyDictionary<string, JsonElement>>(
                    (one, other) => CustomerAttributes.AreSame(one!, other!),
                    attributes => attributes.Count,
                    attributes => attributes));
        customer.Property(c => c.Version).IsConcurrencyToken();
        customer.Ignore(c => c.Details);

        // What lists sort by. A page, and the count of all, is one range of its index.
        customer.HasIndex(c => c.WorkspaceId);
        customer.HasIndex(c => new { c.WorkspaceId, c.CreatedAt, c.Id }).HasFilter(Shown).HasDatabaseName("IX_customers_list");
        customer.HasIndex(c => new { c.WorkspaceId, c.LastActivityAt, c.Id }).HasFilter(Shown).HasDatabaseName("IX_customers_list_by_activity");
        customer.HasIndex(c => new { c.WorkspaceId, c.SortName, c.Id }).HasFilter(Shown).HasDatabaseName("IX_customers_list_by_name");
        customer.HasIndex(c => c.MergedInto).HasFilter("MergedInto IS NOT NULL");
        customer.HasMany(c => c.Tags).WithOne().HasForeignKey(t => t.CustomerId).OnDelete(DeleteBehavior.Cascade);
        customer.HasOne<Attachment>().WithMany().HasForeignKey(c => c.AvatarId).OnDelete(DeleteBehavior.NoAction);
        customer.HasOne<Workspace>().WithMany().HasForeignKey(c => c.WorkspaceId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CustomerTagConfiguration : IEntityTypeConfiguration<CustomerTag>
{
    public void Configure(EntityTypeBuilder<CustomerTag> tagged)
    {
        tagged.ToTable("customer_tags");
        tagged.HasKey(t => new { t.CustomerId, t.TagId });
        tagged.HasIndex(t => new { t.TagId, t.CustomerId });
        tagged.HasOne<Tag>().WithMany().HasForeignKey(t => t.TagId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class CustomerNoteConfiguration : IEntityTypeConfiguration<CustomerNote>
{
    public void Configure(EntityTypeBuilder<CustomerNote> note)
    {
        note.ToTable("customer_notes");
        note.Property(n => n.Text).HasMaxLength(CustomerNote.LongestText);
        note.Property(n => n.Version).IsConcurrencyToken();
        note.HasIndex(n => new { n.CustomerId, n.CreatedAt, n.Id });
        note.HasOne<Customer>().WithMany().HasForeignKey(n => n.CustomerId).OnDelete(DeleteBehavior.Cascade);
        note.HasOne<Agent>().WithMany().HasForeignKey(n => n.AuthorId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CustomerMergeConfiguration : IEntityTypeConfiguration<CustomerMerge>
{
    public void Configure(EntityTypeBuilder<CustomerMerge> merge)
    {
        // No foreign keys to its customers: an erasure takes it away by itself.
        merge.ToTable("customer_merges");
        merge.Property(m => m.Version).IsConcurrencyToken();
        merge.Property(m => m.Moved).HasConversion(
            moved => JsonSerializer.Serialize(moved, JsonSerializerOptions.Default),
            json => JsonSerializer.Deserialize<MergedThings>(json, JsonSerializerOptions.Default)!);
        merge.HasIndex(m => m.SourceId);
        merge.HasIndex(m => m.TargetId);
        merge.HasOne<Workspace>().WithMany().HasForeignKey(m => m.WorkspaceId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ErasedChatConfiguration : IEntityTypeConfiguration<ErasedChat>
{
    public void Configure(EntityTypeBuilder<ErasedChat> chat)
    {
        chat.ToTable("erased_chats");
        chat.Property(c => c.Chat).HasMaxLength(200);
        chat.HasOne<Customer>().WithMany().HasForeignKey(c => c.CustomerId).OnDelete(DeleteBehavior.Cascade);
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
        address.Ignore(a => a.SaysWhoItIs);

        // Of two servers that reach for the same profile, one gets it.
        address.Property(a => a.ProfileDueAt).IsConcurrencyToken();
        address.HasIndex(a => a.ProfileDueAt).HasFilter("ProfileDueAt IS NOT NULL");
        address.HasOne(a => a.Customer).WithMany().HasForeignKey(a => a.CustomerId).OnDelete(DeleteBehavior.Cascade);
        address.HasOne<ChannelAccount>().WithMany().HasForeignKey(a => a.ChannelId).OnDelete(DeleteBehavior.Restrict);
        address.HasOne<Workspace>().WithMany().HasForeignKey(a => a.WorkspaceId).OnDelete(DeleteBehavior.Restrict);
    }
}
