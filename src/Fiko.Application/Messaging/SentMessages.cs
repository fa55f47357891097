using Fiko.Application.Channels;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Fiko.Domain.Shared;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Messaging;

/// <summary>An agent's own message, and where its parts are on the platform.</summary>
internal sealed record OwnMessage(long Id, string Source, MessageStatus? Status, long ChannelId, string? SealedToken, IReadOnlyList<SentPart> Parts)
{
    /// <summary>Whether the platform has all of it: what is on its way, or nobody knows where, can't be changed.</summary>
    public bool IsSent => Status is MessageStatus.Sent or MessageStatus.Delivered or MessageStatus.Read;
}

/// <summary>Finds an agent's own messages and changes them on their platform, before anything is changed here.</summary>
internal sealed class SentMessages(IFikoDb db, ChannelBook channels, ISecrets secrets)
{
    /// <exception cref="RuleBrokenException">There is no such message, or somebody else wrote it: the two are one answer.</exception>
    public async Task<OwnMessage> FindAsync(Caller caller, ConversationId conversation, string? id, CancellationToken ct)
    {
        _ = MessageId.TryParse(id, out var messageId);
        var found = await (
            from m in db.Messages.VisibleTo(caller).Visible()
            where m.Id == messageId.Value && m.ConversationId == conversation.Value && m.SenderId == caller.AgentId && m.DeletedAt == null
            join channel in db.Channels on m.ChannelId equals channel.Id
            select new { m.Id, m.Status, channel.Source, ChannelId = channel.Id, channel.SealedToken }).SingleOrDefaultAsync(ct)
            ?? throw Access.MessageNotFound("message_id");
        var parts = await db.Deliveries
            .Where(d => d.MessageId == found.Id && d.ExternalId != null)
            .OrderBy(d => d.Part)
            .Select(d => new SentPart(d.Chat, d.ExternalId!))
            .ToListAsync(ct);
        return new OwnMessage(found.Id, found.Source, found.Status, found.ChannelId, found.SealedToken, parts);
    }

    /// <summary>Returns when the platform has made the change to each part; a change made twice does no harm.</summary>
    /// <exception cref="RuleBrokenException">The platform refused it or could not be reached; nothing is changed here.</exception>
    public async Task ChangeAsync(OwnMessage message, Func<IChannel, ChannelConnection, SentPart, Task<SendOutcome>> change)
    {
        if (message.Parts.Count == 0)
        {
            return;
        }

        if (channels.Find(message.Source) is not { } channel || message.SealedToken is null || secrets.Open(message.SealedToken) is not { } token)
        {
            throw Refused("the channel is not connected");
        }

        foreach (var part in message.Parts)
        {
            switch (await change(channel, new ChannelConnection(message.ChannelId, token), part))
            {
                case SendOutcome.Refused refused:
                    throw Refused(refused.Error);
                case SendOutcome.NotTaken or SendOutcome.Unknown:
                    throw Refused("the platform did not answer; try again");
            }
        }
    }

    public static RuleBrokenException Refused(string reason) => new("change_refused", $"Message can't be changed: {reason}", "message_id");
}
