using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Tags;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Tags;

/// <summary>A page of the workspace's tags, by name.</summary>
public sealed record ListTags(Caller By, Paging Paging) : IRequest<Page<TagView>>;

internal sealed class ListTagsHandler(IFikoDb db) : IRequestHandler<ListTags, Page<TagView>>
{
    private static readonly Ordering<Tag> Orders = new Ordering<Tag>(t => t.Id).By("name", t => t.Name);

    public async Task<Page<TagView>> Handle(ListTags query, CancellationToken ct)
    {
        await using var moment = await db.ReadOneMomentAsync(ct);
        var page = await Orders.PageAsync(db.Tags.VisibleTo(query.By), query.Paging, ct);
        var ids = page.Ids.ToArray();
        return page.With(await db.Tags.Where(t => ids.Contains(t.Id)).ToViews(db).ToListAsync(ct), t => t.Id);
    }
}

/// <summary>One tag.</summary>
public sealed record GetTag(Caller By, long Tag) : IRequest<TagView>;

internal sealed class GetTagHandler(IFikoDb db) : IRequestHandler<GetTag, TagView>
{
    public async Task<TagView> Handle(GetTag query, CancellationToken ct) =>
        await db.Tags.VisibleTo(query.By).Where(t => t.Id == query.Tag).ToViews(db).SingleOrDefaultAsync(ct) ?? throw TagViews.NotFound();
}
