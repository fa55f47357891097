using Fiko.Application.Channels;
using Fiko.Application.Shared;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Messaging;

/// <summary>A customer changed a message on the platform.</summary>
/// <returns>False where there is no such message.</returns>
public sealed record ReceiveEdit(long ChannelId, CustomerEdited News) : ICommand<bool>;

internal sealed class ReceiveEditHandler(IFikoDb db, TimeProvider time) : IRequestHandler<ReceiveEdit, bool>
{
    public async Task<bool> Handle(ReceiveEdit receive, CancellationToken ct)
    {
        var news = receive.News;
        var message = await db.Messages
            .Include(m => m.Conversation)
            .SingleOrDefaultAsync(m => m.ChannelId == receive.ChannelId && m.Chat == news.Chat && m.ExternalId == news.ExternalId, ct);
        if (message is null)
        {
            return false;
        }

        message.Conversation.Edit(message, news.Content, news.Caption, time.Now());
        await db.SaveChangesAsync(ct);
        return true;
    }
}
