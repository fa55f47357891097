using Fiko.Application.Attachments;
using Fiko.Application.Channels;
using Fiko.Application.Resources;
using Fiko.Application.Search;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using FluentValidation;
using MediatR;

namespace Fiko.Application.Conversations;

/// <summary>A page of the workspace's conversations (rest.md, Conversations).</summary>
public sealed record FindConversations(Caller By, ConversationFilters Filters, Paging Paging) : IRequest<Page<ConversationView>>;

internal sealed class FindConversationsValidator : AbstractValidator<FindConversations>
{
    private static readonly string[] Known = [ChannelName.Telegram, ChannelName.Instagram, ChannelName.Api];

    public FindConversationsValidator(ChannelBook channels)
    {
        // A source that nothing can come from is a slip of the pen, and not a list without rows.
        RuleFor(q => q.Filters.Source).Must(s => s is null || Known.Contains(s) || channels.Find(s) is not null).AsInvalidField("source");
        this.AddFilterRules(q => q.Filters);
    }
}

internal sealed class FindConversationsHandler(IFikoDb db, ISearchIndex index, IFileLinks links) : IRequestHandler<FindConversations, Page<ConversationView>>
{
    private static readonly Ordering<Conversation> Orders = new Ordering<Conversation>(c => c.Id)
        .By("updated_at", c => c.UpdatedAt, descending: true)
        .By("created_at", c => c.CreatedAt)
        .By("priority", c => c.Priority);

    public async Task<Page<ConversationView>> Handle(FindConversations query, CancellationToken ct)
    {
        await using var moment = await db.ReadOneMomentAsync(ct);
        var page = await Orders.PageAsync(db.Conversations.VisibleTo(query.By).Narrow(db, index, query.Filters, query.By), query.Paging, ct);
        var ids = page.Ids.ToArray();
        return page.With(await db.Conversations.Where(c => ids.Contains(c.Id)).ToViews(db).LoadAsync(db, links, ct), v => v.Key);
    }
}
