using Fiko.Application.Audit;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Conversations;

/// <summary>An administrator erases a conversation with all that was said in it, for good.</summary>
public sealed record DeleteConversation(Caller By, ConversationId Conversation, int? IfMatch = null) : ICommand<Unit>, IAudited<Unit>
{
    public AuditNote? Audit(Unit result) => new("conversation.deleted", Conversation.ToString());
}

internal sealed class DeleteConversationHandler(IFikoDb db) : IRequestHandler<DeleteConversation, Unit>
{
    public async Task<Unit> Handle(DeleteConversation delete, CancellationToken ct)
    {
        delete.By.MustAdminister();
        var conversation = await db.Conversations.GetAsync(delete.Conversation, delete.By, ct);
        Versions.MustMatch(delete.IfMatch, conversation.Version);
        var files = await db.Attachments
            .Where(a => db.Messages.Any(m => m.Id == a.MessageId && m.ConversationId == conversation.Id))
            .ToListAsync(ct);

        // First of all the files' rows let go of their messages: they outlive these until the store has forgotten the bytes.
        files.ForEach(f => f.Orphan());
        await db.SaveChangesAsync(ct);
        await ForgetUpdatesAsync(conversation, ct);
        conversation.Erase();
        db.Conversations.Remove(conversation);
        await db.SaveChangesAsync(ct);
        db.Attachments.RemoveRange(files.Where(f => f.StorageKey is null));
        await db.SaveChangesAsync(ct);
        return Unit.Value;
    }

    // What the platform sent says the same words. What is still to be applied is of a conversation to come.
    private async Task ForgetUpdatesAsync(Conversation conversation, CancellationToken ct)
    {
        if (!await db.Conversations.AnyAsync(c => c.Id != conversation.Id && c.ChannelId == conversation.ChannelId && c.Chat == conversation.Chat, ct))
        {
            await db.InboundUpdates
                .Where(u => u.ChannelId == conversation.ChannelId && u.Lane == conversation.Chat
                    && (u.Status == InboundStatus.Processed || u.Status == InboundStatus.Ignored || u.Status == InboundStatus.Failed))
                .ExecuteUpdateAsync(u => u.SetProperty(x => x.Body, ""), ct);
        }
    }
}
