using Fiko.Application.Audit;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Messaging;

/// <summary>The author of a note says something else in it, or takes it back. No platform is asked: none has ever seen it.</summary>
/// <param name="Content">Null takes it back.</param>
/// <returns>False where the message is no note of the caller: then it is left as it is.</returns>
internal sealed record ChangeNote(Caller By, ConversationId Conversation, string? Message, string? Content) : ICommand<bool>, IAudited<bool>
{
    public AuditNote? Audit(bool result) => result ? new AuditNote(Content is null ? "note.deleted" : "note.edited", Message!) : null;
}

internal sealed class ChangeNoteHandler(IFikoDb db, TimeProvider time) : IRequestHandler<ChangeNote, bool>
{
    public async Task<bool> Handle(ChangeNote change, CancellationToken ct)
    {
        _ = MessageId.TryParse(change.Message, out var id);
        var note = await db.Messages.VisibleTo(change.By)
            .Include(m => m.Conversation).Include(m => m.Revisions)
            .SingleOrDefaultAsync(
                m => m.Id == id.Value && m.ConversationId == change.Conversation.Value && m.Author == MessageAuthor.Note
                    && m.SenderId == change.By.AgentId && m.DeletedAt == null,
                ct);
        if (note is null)
        {
            return false;
        }

        if (change.Content is { } content)
        {
            var mentions = await Mentioning.ResolveAsync(db, change.By, content, [], ct);
            note.Conversation.EditNote(note, new InternalNote(content, change.By.AgentId, mentions), time.Now());
        }
        else
        {
            note.Conversation.Delete(note, time.Now());
        }

        await db.SaveChangesAsync(ct);
        return true;
    }
}
