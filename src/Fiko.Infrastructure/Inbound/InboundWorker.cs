using Fiko.Application.Channels;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Infrastructure.Deliveries;
using Fiko.Infrastructure.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fiko.Infrastructure.Inbound;

/// <summary>Applies stored updates, in order within a chat, chats beside each other. The database is the queue.</summary>
internal sealed class InboundWorker : BackgroundService, ICommitListener
{
    private const int Batch = 50;
    private static readonly TimeSpan LookAnyway = TimeSpan.FromSeconds(5);

    private readonly IServiceScopeFactory _scopes;
    private readonly ChannelBook _channels;
    private readonly ISecrets _secrets;
    private readonly TimeProvider _time;
    private readonly ILogger<InboundWorker> _log;
    private readonly Lanes<(long ChannelId, string Lane)> _lanes;

    public InboundWorker(IServiceScopeFactory scopes, ChannelBook channels, ISecrets secrets, TimeProvider time, ILogger<InboundWorker> log)
    {
        (_scopes, _channels, _secrets, _time, _log) = (scopes, channels, secrets, time, log);
        _lanes = new(ApplyAllAsync);
    }

    void ICommitListener.OnCommitted(Committed changes)
    {
        foreach (var lane in changes.Updates)
        {
            _lanes.Wake(lane);
        }
    }

    public override async Task StopAsync(CancellationToken ct)
    {
        await base.StopAsync(ct);
        await _lanes.StopAsync(ct);
    }

    public override void Dispose()
    {
        _lanes.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        _time.LookEveryAsync(LookAnyway, LookAsync, _log.InboundLookFailed, stoppingToken);

    private async Task LookAsync(CancellationToken ct)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IFikoDb>();
        var waiting = await db.InboundUpdates
            .Where(u => u.Status == InboundStatus.Pending)
            .Select(u => new { u.ChannelId, u.Lane })
            .Distinct()
            .ToListAsync(ct);
        waiting.ForEach(w => _lanes.Wake((w.ChannelId, w.Lane)));
        var since = _time.Now() - LookAnyway - LookAnyway;
        if (await db.InboundUpdates.AnyAsync(u => u.Status == InboundStatus.Waiting && u.ProcessedAt > since, ct))
        {
            await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ReconsiderUpdates(since), ct);
        }
    }

    private async Task ApplyAllAsync((long ChannelId, string Lane) lane, CancellationToken stopping)
    {
        var atMost = Batch;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var applied = await _scopes.AskAsync(new ApplyUpdates(lane.ChannelId, lane.Lane, atMost), CancellationToken.None);
                foreach (var group in applied.GreetGroups)
                {
                    await GreetAsync(lane.ChannelId, group, stopping);
                }

                if (!applied.MoreToDo)
                {
                    return;
                }
            }
            catch (Exception failed)
            {
                // One by one from here, so that the oldest is the one that can't be applied, and not its neighbour.
                _log.UpdateFailed(failed, lane.ChannelId);
                if (atMost == 1 && await ShelveAsync(lane, failed))
                {
                    _log.UpdateShelved(lane.ChannelId);
                }

                atMost = 1;
            }
        }
    }

    private async Task<bool> ShelveAsync((long ChannelId, string Lane) lane, Exception failed)
    {
        try
        {
            return await _scopes.AskAsync(new ShelveUpdate(lane.ChannelId, lane.Lane, $"Could not be applied: {failed.GetType().Name}"), CancellationToken.None);
        }
        catch (Exception worse)
        {
            _log.UpdateFailed(worse, lane.ChannelId);
            await Task.Delay(LookAnyway, _time);
            return false;
        }
    }

    private async Task GreetAsync(long channelId, string chat, CancellationToken ct)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var account = await scope.ServiceProvider.GetRequiredService<IFikoDb>().Channels.AsNoTracking().SingleAsync(c => c.Id == channelId, ct);
        if (_channels.Find(account.Source) is IShowsCourtesy channel && account.SealedToken is not null && _secrets.Open(account.SealedToken) is { } token)
        {
            await channel.GreetGroupAsync(new ChannelConnection(channelId, token, account.ExternalId), chat, ct);
        }
    }
}
