using Fiko.Application.Channels;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Fiko.Domain.Customers;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Messaging;

/// <summary>A customer wrote on a channel: the customer and the conversation are found or begun, and the message is visible at once.</summary>
/// <returns>False where this message was received before.</returns>
public sealed record ReceiveMessage(long ChannelId, CustomerWrote News) : ICommand<bool>;

internal sealed class ReceiveMessageHandler(IFikoDb db, TimeProvider time) : IRequestHandler<ReceiveMessage, bool>
{
    public async Task<bool> Handle(ReceiveMessage receive, CancellationToken ct)
    {
        var news = receive.News;
        if (await db.Messages.AnyAsync(m => m.ChannelId == receive.ChannelId && m.Chat == news.Chat && m.ExternalId == news.ExternalId, ct))
        {
            return false;
        }

        var now = time.Now();
        var channel = await db.Channels.SingleAsync(c => c.Id == receive.ChannelId, ct);
        var customer = await CustomerAsync(channel, news, now, ct);
        var conversation = await ConversationAsync(channel, customer, news.Chat, now, ct);
        conversation.Follow(news.Profile);
        var replyTo = news.ReplyTo is null ? null : await OriginalAsync(channel.Id, news.Chat, news.ReplyTo, ct);
        db.Messages.Add(conversation.Receive(new IncomingMessage(news.Kind, news.Content, news.ExternalId, replyTo), now));
        await db.SaveChangesAsync(ct);
        return true;
    }

    private async Task<Customer> CustomerAsync(ChannelAccount channel, CustomerWrote news, DateTimeOffset now, CancellationToken ct)
    {
        var known = await db.ChannelAddresses
            .Where(a => a.ChannelId == channel.Id && a.Address == news.Chat)
            .Select(a => a.Customer)
            .SingleOrDefaultAsync(ct);
        if (known is not null)
        {
            return known;
        }

        var customer = new Customer(channel.WorkspaceId, channel.Source, news.Profile, now);
        db.ChannelAddresses.Add(new ChannelAddress(channel.WorkspaceId, channel.Id, news.Chat, customer));
        return customer;
    }

    // The open one, else the newest, which a message opens again.
    private async Task<Conversation> ConversationAsync(ChannelAccount channel, Customer customer, string chat, DateTimeOffset now, CancellationToken ct)
    {
        var known = customer.Id == 0 ? null : await db.Conversations
            .Include(c => c.Customer)
            .Where(c => c.ChannelId == channel.Id && c.CustomerId == customer.Id)
            .OrderBy(c => c.Status == ConversationStatus.Closed).ThenByDescending(c => c.Id)
            .FirstOrDefaultAsync(ct);
        if (known is not null)
        {
            return known;
        }

        var conversation = new Conversation(channel, customer, chat, now);
        db.Conversations.Add(conversation);
        return conversation;
    }

    private async Task<long?> OriginalAsync(long channelId, string chat, string externalId, CancellationToken ct) =>
        await db.Messages
            .Where(m => m.ChannelId == channelId && m.Chat == chat && m.ExternalId == externalId)
            .Select(m => (long?)m.Id)
            .SingleOrDefaultAsync(ct)
        ?? await db.Deliveries
            .Where(d => d.ChannelId == channelId && d.Chat == chat && d.ExternalId == externalId)
            .Select(d => (long?)d.MessageId)
            .SingleOrDefaultAsync(ct);
}
