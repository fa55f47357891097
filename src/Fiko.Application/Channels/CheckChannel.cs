using Fiko.Application.Audit;
using Fiko.Application.Shared;
using MediatR;

namespace Fiko.Application.Channels;

/// <summary>An administrator wants to know now whether a channel works; its status says it afterwards.</summary>
public sealed record CheckChannel(Caller By, long Id) : IRequest<ChannelView>;

internal sealed class CheckChannelHandler(IFikoDb db, IMediator mediator) : IRequestHandler<CheckChannel, ChannelView>
{
    public async Task<ChannelView> Handle(CheckChannel check, CancellationToken ct)
    {
        check.By.MustAdminister();
        var channel = await db.GetChannelAsync(check.Id, check.By, ct);
        var works = await mediator.Send(new ReconnectChannel(channel.Id), ct);
        await mediator.Send(new RecordCheck(check.By, channel.Id, works), CancellationToken.None);
        return await mediator.Send(new GetChannel(check.By, channel.Id), ct);
    }
}

/// <summary>What a check changes is recorded with what it found, as at every start of the server; this is for the audit alone.</summary>
internal sealed record RecordCheck(Caller By, long ChannelId, bool Works) : ICommand<Unit>, IAudited<Unit>
{
    public AuditNote? Audit(Unit result) => new("channel.checked", ChannelNotes.Target(ChannelId), new Dictionary<string, object?> { ["works"] = Works });
}

internal sealed class RecordCheckHandler : IRequestHandler<RecordCheck, Unit>
{
    public Task<Unit> Handle(RecordCheck record, CancellationToken ct) => Unit.Task;
}
