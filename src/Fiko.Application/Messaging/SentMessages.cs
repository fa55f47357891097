using Fiko.Application.Channels;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Fiko.Domain.Shared;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Messaging;

/// <summary>A message, and where its parts are on the platform.</summary>
internal sealed record MessageOnPlatform(long Id, MessageStatus? Status, ChannelConnection? Account, string Source, IReadOnlyList<SentPart> Parts)
{
    public bool HasFiles { get; init; }

    /// <summary>Whether the platform has all of it: what is on its way, or nobody knows where, can't be changed.</summary>
    public bool IsSent => Status is MessageStatus.Sent or MessageStatus.Delivered or MessageStatus.Read;
}

/// <summary>Finds messages and changes them on their platform, before anything is changed here. A note is on none, and is never found.</summary>
internal sealed class SentMessages(IFikoDb db, ChannelBook channels, ISecrets secrets)
{
    /// <summary>A message that the caller wrote.</summary>
    /// <exception cref="RuleBrokenException">There is no such message, or somebody else wrote it: the two are one answer.</exception>
    public Task<MessageOnPlatform> FindOwnAsync(Caller caller, ConversationId conversation, string? id, CancellationToken ct) =>
        FindAsync(db.Messages.Where(m => m.SenderId == caller.AgentId), caller, conversation, id, ct);

    /// <summary>A message of either side.</summary>
    /// <exception cref="RuleBrokenException">There is no such message.</exception>
    public Task<MessageOnPlatform> FindAnyAsync(Caller caller, ConversationId conversation, string? id, CancellationToken ct) =>
        FindAsync(db.Messages, caller, conversation, id, ct);

    /// <summary>Returns when the platform has made the change to each part; a change made twice does no harm.</summary>
    /// <exception cref="RuleBrokenException">The platform refused it or could not be reached; nothing is changed here.</exception>
    public async Task ChangeAsync<TAbility>(MessageOnPlatform message, string inability, Func<TAbility, ChannelConnection, SentPart, Task<SendOutcome>> change)
        where TAbility : class
    {
        if (message.Parts.Count == 0)
        {
            return;
        }

        if (message.Account is not { } account || channels.Find(message.Source) is not { } channel)
        {
            throw Refused("the channel is not connected");
        }

        if (channel is not TAbility able)
        {
            throw Refused(inability);
        }

        foreach (var part in message.Parts)
        {
            switch (await change(able, account, part))
            {
                case SendOutcome.Refused refused:
                    throw Refused(refused.Error);
                case SendOutcome.NotTaken or SendOutcome.Unknown or SendOutcome.Moved:
                    throw Refused("the platform did not answer; try again");
            }
        }
    }

    public static RuleBrokenException Refused(string reason) => new("change_refused", $"Message can't be changed: {reason}", "message_id");

    private async Task<MessageOnPlatform> FindAsync(IQueryable<Message> among, Caller caller, ConversationId conversation, string? id, CancellationToken ct)
    {
        _ = MessageId.TryParse(id, out var messageId);
        var found = await (
            from m in among.VisibleTo(caller).Visible()
            where m.Id == messageId.Value && m.ConversationId == conversation.Value && m.DeletedAt == null && m.Author != MessageAuthor.Note
            join channel in db.Channels on m.ChannelId equals channel.Id
            select new { m.Id, m.Status, m.ExternalId, m.Conversation.Chat, m.AttachmentCount, channel }).AsNoTracking().SingleOrDefaultAsync(ct)
            ?? throw Access.MessageNotFound("message_id");
        var parts = found.ExternalId is { } external
            ? [new SentPart(found.Chat, external, found.AttachmentCount > 0)]
            : await db.Deliveries
                .Where(d => d.MessageId == found.Id && d.ExternalId != null)
                .OrderBy(d => d.Part)
                .Select(d => new SentPart(d.Chat, d.ExternalId!, d.AttachmentId != null))
                .ToListAsync(ct);
        var token = found.channel is { Status: not ChannelStatus.Disabled, SealedToken: { } sealedToken } ? secrets.Open(sealedToken) : null;
        var account = token is null ? null : new ChannelConnection(found.channel.Id, token, found.channel.ExternalId);
        return new MessageOnPlatform(found.Id, found.Status, account, found.channel.Source, parts) { HasFiles = found.AttachmentCount > 0 };
    }
}
