using Fiko.Application.Channels;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Messaging;

/// <summary>The platform calls a chat something else from now on: the customer, the conversation and what waits to be sent follow.</summary>
public sealed record MoveChat(long ChannelId, ChatMoved News) : ICommand<NewsResult>;

internal sealed class MoveChatHandler(IFikoDb db, PlatformChats chats, TimeProvider time) : IRequestHandler<MoveChat, NewsResult>
{
    public async Task<NewsResult> Handle(MoveChat move, CancellationToken ct)
    {
        var (from, to) = (move.News.From, move.News.To);
        await KeepNoticeAsync(move.ChannelId, from, to, ct);
        var conversation = await chats.FindAsync(move.ChannelId, from, ct);
        if (conversation is not null)
        {
            await FollowAsync(move.ChannelId, conversation, from, to, ct);
        }

        await db.SaveChangesAsync(ct);
        return conversation is null ? NewsResult.Nothing("A chat without a conversation moved") : NewsResult.Done;
    }

    private async Task FollowAsync(long channelId, Conversation conversation, string from, string to, CancellationToken ct)
    {
        if (conversation.Status is not ConversationStatus.Closed && await chats.FindAsync(channelId, to, ct) is { Status: not ConversationStatus.Closed })
        {
            // A chat has one open conversation, and this one is the elder.
            conversation.ChangeStatus(ConversationStatus.Closed, time.Now());
        }

        conversation.MoveTo(to);
        if (!await db.ChannelAddresses.AnyAsync(a => a.ChannelId == channelId && a.Address == to, ct))
        {
            (await db.ChannelAddresses.SingleAsync(a => a.ChannelId == channelId && a.Address == from, ct)).MoveTo(to);
        }

        var waiting = await db.Deliveries
            .Where(d => d.ConversationId == conversation.Id && d.Chat == from && d.Status == DeliveryStatus.Pending)
            .ToListAsync(ct);
        waiting.ForEach(d => d.MoveTo(to, time.Now()));
    }

    // A group that was told once is not told again under its new name.
    private async Task KeepNoticeAsync(long channelId, string from, string to, CancellationToken ct)
    {
        var told = await db.GroupNotices.Where(g => g.ChannelId == channelId && (g.Chat == from || g.Chat == to)).Select(g => g.Chat).ToListAsync(ct);
        if (told.Contains(from) && !told.Contains(to))
        {
            db.GroupNotices.Add(new Domain.Channels.GroupNotice(channelId, to, time.Now()));
        }
    }
}
