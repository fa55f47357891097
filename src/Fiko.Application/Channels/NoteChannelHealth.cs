using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Channels;

/// <summary>Keeps whether a channel's account works, for its administrators to see. One that was switched off stays off.</summary>
/// <param name="ChannelId">Which.</param>
/// <param name="Trouble">The platform's words; null where all is well.</param>
public sealed record NoteChannelHealth(long ChannelId, string? Trouble) : ICommand<Unit>;

internal sealed class NoteChannelHealthHandler(IFikoDb db) : IRequestHandler<NoteChannelHealth, Unit>
{
    public async Task<Unit> Handle(NoteChannelHealth note, CancellationToken ct)
    {
        var channel = await db.Channels.SingleOrDefaultAsync(
            c => c.Id == note.ChannelId && c.RemovedAt == null && c.Status != ChannelStatus.Disabled, ct);
        if (channel is null || channel.LastError == note.Trouble)
        {
            return Unit.Value;
        }

        if (note.Trouble is { } trouble)
        {
            channel.Fail(trouble);
        }
        else
        {
            channel.Recover();
        }

        await db.SaveChangesAsync(ct);
        return Unit.Value;
    }
}
