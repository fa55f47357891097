using Fiko.Application.Attachments;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Realtime;

/// <summary>A socket came back with the cursor of the last frame it saw (protocol.md, Resume).</summary>
/// <param name="By">Whose socket.</param>
/// <param name="Chat">The chat it listens to; null for the list.</param>
/// <param name="Cursor">As the client sent it, or <see cref="Resumed.Next"/> of the page before.</param>
public sealed record ResumeSocket(Caller By, ConversationId? Chat, string Cursor) : IRequest<Resumed>
{
    /// <summary>The most frames that one socket is caught up by; who missed more begins anew (protocol.md, Resume).</summary>
    public const int MostMissed = 1000;

    /// <summary>How many of the missed events are read now. Those after them are read from <see cref="Resumed.Next"/>.</summary>
    public int PageSize { get; init; } = MostMissed;
}

/// <summary>What the socket gets first.</summary>
/// <param name="Frame">Whether it worked.</param>
/// <param name="Missed">The frames it missed, in order; empty where it did not work.</param>
/// <param name="Position">What this page goes up to: after the last page, live frames follow from here.</param>
/// <param name="Next">The cursor of the page that follows; null where this is the last.</param>
public sealed record Resumed(ResumedFrame Frame, IReadOnlyList<DurableFrame> Missed, long Position, string? Next = null);

/// <param name="Recovered">False: the cursor is unknown or too old, and the socket goes on as a fresh one.</param>
/// <param name="Cursor">Where what follows begins, so that a client which is cut off right after this has lost nothing.</param>
[SentTo(TopicKind.Inbox | TopicKind.Chat)]
public sealed record ResumedFrame(bool Recovered, string Cursor) : ServerFrame("resumed");

internal sealed class ResumeSocketHandler(IFikoDb db, IFileLinks links, IMediator mediator) : IRequestHandler<ResumeSocket, Resumed>
{
    public async Task<Resumed> Handle(ResumeSocket resume, CancellationToken ct)
    {
        await using var moment = await db.ReadOneMomentAsync(ct);
        var head = await db.HeadAsync(resume.By.WorkspaceId, ct);
        if (resume.Chat is { } chat && !await db.Conversations.VisibleTo(resume.By).AnyAsync(c => c.Id == chat.Value, ct))
        {
            throw Access.ConversationNotFound();
        }

        if (!Cursor.TryRead(resume.Cursor, head.Stamp, out var seen) || seen > head.Position)
        {
            return NotRecovered(head);
        }

        var missed = Missed(resume, seen);
        var page = await missed.Take(resume.PageSize).ToListAsync(ct);
        var more = page.Count == resume.PageSize;
        if (more && await missed.Skip(ResumeSocket.MostMissed).AnyAsync(ct))
        {
            return NotRecovered(head);
        }

        var frames = await ReplayAsync(resume, head, page, ct);
        var reached = more ? page[^1].Position : head.Position;
        return new Resumed(new ResumedFrame(true, head.CursorAt(seen)), frames, reached, more ? head.CursorAt(reached) : null);
    }

    private static Resumed NotRecovered(LogHead head) => new(new ResumedFrame(false, head.Cursor), [], head.Position);

    private IOrderedQueryable<LoggedEvent> Missed(ResumeSocket resume, long seen)
    {
        var after = db.Events.AsNoTracking().Where(e => e.WorkspaceId == resume.By.WorkspaceId && e.Position > seen);
        var concerned = resume.Chat is { } chat
            ? after.Where(e => e.ConversationId == chat.Value && (e.Concerns & TopicKind.Chat) != 0)
            : after.Where(e => (e.Concerns & TopicKind.Inbox) != 0);
        return concerned.OrderBy(e => e.Position);
    }

    private async Task<IReadOnlyList<DurableFrame>> ReplayAsync(ResumeSocket resume, LogHead head, List<LoggedEvent> missed, CancellationToken ct)
    {
        var topic = resume.Chat is { } chat ? Topic.Chat(chat.Value) : Topic.Inbox(resume.By.WorkspaceId);
        var heard = new OneListener(topic);
        var now = await PresentState.LoadAsync(db, links, head.WorkspaceId, missed, summaries: resume.Chat is null, ct);
        foreach (var row in missed)
        {
            await EventCatalog.PublishAsync(row, head.Stamp, now, heard, mediator, ct);
        }

        return heard.Frames;
    }

    private sealed class OneListener(Topic topic) : IFrameSink
    {
        public List<DurableFrame> Frames { get; } = [];

        public bool Wants(Topic wanted) => wanted == topic;

        public void Push(Topic to, DurableFrame frame) => Frames.Add(frame);

        public void End(Topic ended)
        {
            // A chat that is no more is not resumed: that was refused before.
        }
    }
}
