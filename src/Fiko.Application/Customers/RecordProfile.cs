using Fiko.Application.Attachments;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Fiko.Domain.Customers;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Customers;

/// <summary>What a platform says about a customer, and perhaps their picture. What a person wrote by hand stays.</summary>
/// <param name="Claim">As it was claimed.</param>
/// <param name="Profile">Names.</param>
/// <param name="PictureVersion">The platform's mark of the picture that they have there; null where they have none.</param>
/// <param name="Picture">Its bytes, where it is another one than before and could be had.</param>
public sealed record RecordProfile(ClaimedProfile Claim, CustomerProfile Profile, string? PictureVersion, KeptPicture? Picture = null) : ICommand<Unit>;

/// <summary>A picture whose bytes are in the store.</summary>
public sealed record KeptPicture(long AttachmentId, FileContent Content, long Size);

internal sealed class RecordProfileHandler(IFikoDb db, TimeProvider time) : IRequestHandler<RecordProfile, Unit>
{
    public async Task<Unit> Handle(RecordProfile record, CancellationToken ct)
    {
        if (await db.ClaimedAsync(record.Claim, ct) is not { } address)
        {
            return Unit.Value;
        }

        // A merge may have come between the question and the answer: then this platform says no more who the customer is.
        var customer = address.Customer;
        var changed = address.SaysWhoItIs && (customer.Follow(record.Profile) | await ShowAsync(customer, address, record, ct));
        address.LearnProfile(record.PictureVersion, time.Now());
        if (changed)
        {
            await db.TellOfCustomerAsync(customer, ct);
        }

        await db.SaveChangesAsync(ct);
        return Unit.Value;
    }

    private async Task<bool> ShowAsync(Customer customer, ChannelAddress address, RecordProfile record, CancellationToken ct)
    {
        if (record.Picture is null && (record.PictureVersion is not null || address.PictureVersion is null))
        {
            return false;
        }

        var before = customer.AvatarId;
        if (record.Picture is { } picture)
        {
            var file = await db.Attachments.SingleOrDefaultAsync(a => a.Id == picture.AttachmentId && a.Status == AttachmentStatus.Pending, ct);
            if (file is null)
            {
                return false;
            }

            file.Store(picture.Content.MediaType, picture.Size, picture.Content.Width, picture.Content.Height);
        }

        customer.Show(record.Picture?.AttachmentId);
        if (before is { } old && await db.Attachments.SingleOrDefaultAsync(a => a.Id == old, ct) is { } unseen)
        {
            unseen.Abandon();
        }

        return before != customer.AvatarId;
    }
}

/// <summary>The platform says nothing now.</summary>
/// <param name="Claim">As it was claimed.</param>
/// <param name="Until">When to ask again; null where it will not say at all.</param>
public sealed record PostponeProfile(ClaimedProfile Claim, DateTimeOffset? Until) : ICommand<Unit>;

internal sealed class PostponeProfileHandler(IFikoDb db, TimeProvider time) : IRequestHandler<PostponeProfile, Unit>
{
    public async Task<Unit> Handle(PostponeProfile postpone, CancellationToken ct)
    {
        if (await db.ClaimedAsync(postpone.Claim, ct) is { } address)
        {
            if (postpone.Until is { } until)
            {
                address.PostponeProfile(until);
            }
            else
            {
                address.LearnProfile(address.PictureVersion, time.Now());
            }

            await db.SaveChangesAsync(ct);
        }

        return Unit.Value;
    }
}

/// <summary>A row for a picture, and its place in the store, before the bytes.</summary>
public sealed record ReservePicture(ClaimedProfile Claim) : ICommand<ReservedPicture?>;

public sealed record ReservedPicture(long AttachmentId, string StorageKey);

internal sealed class ReservePictureHandler(IFikoDb db, TimeProvider time) : IRequestHandler<ReservePicture, ReservedPicture?>
{
    public async Task<ReservedPicture?> Handle(ReservePicture reserve, CancellationToken ct)
    {
        if (await db.ClaimedAsync(reserve.Claim, ct) is not { } address)
        {
            return null;
        }

        var picture = Attachment.Picture(address.WorkspaceId, address.ChannelId, FileKey.New(), reserve.Claim.LeaseUntil, time.Now());
        db.Attachments.Add(picture);
        await db.SaveChangesAsync(ct);
        return new ReservedPicture(picture.Id, picture.StorageKey!);
    }
}

internal static class ClaimedProfiles
{
    /// <summary>The address, unless somebody else has it by now.</summary>
    public static Task<ChannelAddress?> ClaimedAsync(this IFikoDb db, ClaimedProfile claim, CancellationToken ct) =>
        db.ChannelAddresses.Include(a => a.Customer).SingleOrDefaultAsync(a => a.Id == claim.AddressId && a.ProfileDueAt == claim.LeaseUntil, ct);
}
