using Fiko.Application.Attachments;
using Fiko.Application.Channels;
using Fiko.Application.Customers;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Fiko.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Messaging;

/// <summary>Finds what a platform names: its messages by their ids there, and the conversation of a chat.</summary>
internal sealed class PlatformChats(IFikoDb db, ChannelBook channels, TimeProvider time)
{
    // Names change, and pictures; once a day is often enough to ask.
    private static readonly TimeSpan ProfileAge = TimeSpan.FromDays(1);

    /// <summary>Within what the channel's ids are unique.</summary>
    public string ScopeOf(ChannelAccount channel, string chat) => channels.Find(channel.Source)?.ScopeOf(chat) ?? chat;

    public Task<bool> IsKnownAsync(long channelId, string scope, string externalId, CancellationToken ct) =>
        db.PlatformIds.AnyAsync(p => p.ChannelId == channelId && p.Scope == scope && p.ExternalId == externalId, ct);

    /// <summary>The message, by whatever the platform calls it or a part of it.</summary>
    public async Task<long?> MessageAsync(long channelId, string scope, string externalId, CancellationToken ct) =>
        await db.PlatformIds
            .Where(p => p.ChannelId == channelId && p.Scope == scope && p.ExternalId == externalId)
            .Select(p => (long?)p.MessageId)
            .SingleOrDefaultAsync(ct);

    /// <summary>The message with all that a change of it touches.</summary>
    public Task<Message> LoadAsync(long messageId, CancellationToken ct) =>
        db.Messages
            .Include(m => m.Conversation).Include(m => m.Revisions).Include(m => m.Deliveries).Include(m => m.Attachments)
            .SingleAsync(m => m.Id == messageId, ct);

    /// <summary>The chat's open conversation, else the newest, which a message opens again, else a new one. Its customer follows the profile.</summary>
    public async Task<Conversation> OpenAsync(ChannelAccount channel, string chat, CustomerProfile profile, CancellationToken ct)
    {
        var address = await AddressAsync(channel, chat, profile, ct);
        if (channels.Find(channel.Source) is IKnowsProfiles && address.SaysWhoItIs && (address.ProfileKnownAt is not { } known || time.Now() - known > ProfileAge))
        {
            address.AskProfile(time.Now());
        }

        var conversation = address.Customer.Id == 0 ? null : await FindAsync(channel.Id, chat, ct);
        if (conversation is null)
        {
            conversation = new Conversation(channel, address.Customer, chat, time.Now());
            db.Conversations.Add(conversation);
        }

        if (address.SaysWhoItIs && conversation.Follow(profile))
        {
            await db.TellOfCustomerAsync(address.Customer, ct, except: conversation);
        }

        return conversation;
    }

    /// <summary>The conversation of a chat; null where nobody ever wrote there.</summary>
    public Task<Conversation?> FindAsync(long channelId, string chat, CancellationToken ct) =>
        db.Conversations
            .Include(c => c.Customer)
            .Where(c => c.ChannelId == channelId && c.Chat == chat)
            .OrderBy(c => c.Status == ConversationStatus.Closed).ThenByDescending(c => c.Id)
            .FirstOrDefaultAsync(ct);

    public static IReadOnlyList<IncomingFile> Files(IEnumerable<InboundFile> files) =>
        [.. files.Select(f => new IncomingFile(f.Kind)
        {
            RemoteId = f.RemoteId,
            Link = f.Link,
            Problem = f.Problem,
            Name = f.Name is null ? null : FileName.Clean(f.Name),
            MediaType = f.MediaType,
            Size = f.Size,
            Width = f.Width,
            Height = f.Height,
            Duration = f.Duration,
        })];

    private async Task<ChannelAddress> AddressAsync(ChannelAccount channel, string chat, CustomerProfile profile, CancellationToken ct)
    {
        var known = await db.ChannelAddresses.Include(a => a.Customer).SingleOrDefaultAsync(a => a.ChannelId == channel.Id && a.Address == chat, ct);
        if (known is not null)
        {
            return known;
        }

        var address = new ChannelAddress(channel.WorkspaceId, channel.Id, chat, new Customer(channel.WorkspaceId, channel.Source, profile, time.Now()));
        db.ChannelAddresses.Add(address);
        return address;
    }
}
