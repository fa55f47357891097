using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Replies;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Replies;

/// <summary>A page of the workspace's canned replies.</summary>
public sealed record ListReplies(Caller By, Paging Paging) : IRequest<Page<ReplyView>>;

internal sealed class ListRepliesHandler(IFikoDb db) : IRequestHandler<ListReplies, Page<ReplyView>>
{
    private static readonly Ordering<CannedReply> Orders = new Ordering<CannedReply>(r => r.Id).By("title", r => r.Title);

    public async Task<Page<ReplyView>> Handle(ListReplies query, CancellationToken ct)
    {
        await using var moment = await db.ReadOneMomentAsync(ct);
        var page = await Orders.PageAsync(db.Replies.VisibleTo(query.By), query.Paging, ct);
        var ids = page.Ids.ToArray();
        return page.With(await db.Replies.Where(r => ids.Contains(r.Id)).Select(ReplyViews.Of).ToListAsync(ct), r => r.Id);
    }
}

/// <summary>One canned reply.</summary>
public sealed record GetReply(Caller By, long Reply) : IRequest<ReplyView>;

internal sealed class GetReplyHandler(IFikoDb db) : IRequestHandler<GetReply, ReplyView>
{
    public async Task<ReplyView> Handle(GetReply query, CancellationToken ct) =>
        await db.Replies.VisibleTo(query.By).Where(r => r.Id == query.Reply).Select(ReplyViews.Of).SingleOrDefaultAsync(ct) ?? throw ReplyViews.NotFound();
}
