using Fiko.Application.Messaging;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Channels;

/// <summary>Applies what waits in one lane of a channel, in the order of its arrival.</summary>
/// <param name="ChannelId">Whose.</param>
/// <param name="Lane">Which chat.</param>
/// <param name="AtMost">One, after a failure, so that it is known which update can't be applied.</param>
public sealed record ApplyUpdates(long ChannelId, string Lane, int AtMost) : ICommand<AppliedUpdates>;

/// <param name="MoreToDo">There may be more in the lane.</param>
/// <param name="GreetGroups">Groups to be answered now, once.</param>
public sealed record AppliedUpdates(bool MoreToDo, IReadOnlyList<string> GreetGroups);

internal sealed class ApplyUpdatesHandler(IFikoDb db, ChannelBook channels, IMediator mediator, TimeProvider time) : IRequestHandler<ApplyUpdates, AppliedUpdates>
{
    public async Task<AppliedUpdates> Handle(ApplyUpdates apply, CancellationToken ct)
    {
        var channel = await db.Channels.SingleAsync(c => c.Id == apply.ChannelId, ct);
        var waiting = await db.InboundUpdates
            .Where(u => u.ChannelId == apply.ChannelId && u.Lane == apply.Lane && u.Status == InboundStatus.Pending)
            .OrderBy(u => u.Id)
            .Take(apply.AtMost)
            .ToListAsync(ct);
        if ((await db.ReserveAsync<InboundUpdate>(waiting.ConvertAll(u => u.Id), ct)).Count < waiting.Count)
        {
            // Another server is at this lane. Its order allows for nobody beside it.
            return new AppliedUpdates(false, []);
        }

        var groups = new List<string>();
        foreach (var update in waiting)
        {
            var news = channels.Find(channel.Source)?.Read(update.Body) ?? new NotUnderstood("No such channel on this server");
            var result = await ApplyAsync(channel, news, groups, ct);
            if (result.About is { } about)
            {
                update.WaitFor(about, result.Reason!, time.Now());

                // What it waits for may be the next of this batch, which looks for those that wait in the database.
                await db.SaveChangesAsync(ct);
            }
            else
            {
                update.Settle(result.Status, result.Reason, time.Now());
            }
        }

        if (waiting.Count > 0)
        {
            channel.Heard(time.Now());
            await db.SaveChangesAsync(ct);
        }

        return new AppliedUpdates(waiting.Count == apply.AtMost, groups);
    }

    private async Task<NewsResult> ApplyAsync(ChannelAccount channel, InboundNews news, List<string> groups, CancellationToken ct)
    {
        switch (news)
        {
            case CustomerWrote wrote:
                await mediator.Send(new ReceiveMessage(channel.Id, wrote), ct);
                return NewsResult.Done;
            case BusinessWrote echo:
                return await mediator.Send(new ReceiveEcho(channel.Id, echo), ct);
            case CustomerEdited edited:
                return await mediator.Send(new ReceiveEdit(channel.Id, edited), ct);
            case MessageWithdrawn withdrawn:
                return await mediator.Send(new ReceiveWithdrawal(channel.Id, withdrawn), ct);
            case CustomerReacted reacted:
                return await mediator.Send(new ReceiveReaction(channel.Id, reacted), ct);
            case CustomerRead read:
                return await mediator.Send(new ReceiveReceipt(channel.Id, read), ct);
            case CustomerBlocked blocked:
                return await mediator.Send(new ReceiveReachability(channel.Id, blocked), ct);
            case ChatMoved moved:
                return await mediator.Send(new MoveChat(channel.Id, moved), ct);
            case GroupWrote group:
                await NoticeAsync(channel.Id, group.Chat, groups, ct);
                return NewsResult.Nothing("Groups are not served");
            case NothingToDo nothing:
                return NewsResult.Nothing(nothing.Reason);
            case NotUnderstood unclear:
                return new NewsResult(InboundStatus.Failed, unclear.Reason);
            default:
                return new NewsResult(InboundStatus.Failed, "Unknown kind of news");
        }
    }

    private async Task NoticeAsync(long channelId, string chat, List<string> groups, CancellationToken ct)
    {
        if (!groups.Contains(chat) && !await db.GroupNotices.AnyAsync(g => g.ChannelId == channelId && g.Chat == chat, ct))
        {
            db.GroupNotices.Add(new GroupNotice(channelId, chat, time.Now()));
            groups.Add(chat);
        }
    }
}
