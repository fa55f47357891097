using Fiko.Application.Attachments;
using Fiko.Application.Channels;
using Fiko.Application.Messaging;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Fiko.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fiko.Infrastructure.Deliveries;

/// <summary>
/// Sends what was accepted: one at a time and in order within a conversation, conversations beside each other, each attempt
/// recorded before it is made (protocol.md, external_send_result). The database is the queue; hints and alarms only save
/// looking at it.
/// </summary>
internal sealed class DeliveryWorker : BackgroundService, ICommitListener
{
    // A bound, not a throttle: so many conversations would have to hang at once before another one waits for them.
    private const int SendsAtOnce = 2000;
    private static readonly TimeSpan LookAnyway = TimeSpan.FromSeconds(5);

    private readonly IServiceScopeFactory _scopes;
    private readonly ChannelBook _channels;
    private readonly ISecrets _secrets;
    private readonly IFileLinks _links;
    private readonly IFileStore _files;
    private readonly TimeProvider _time;
    private readonly Random _chance;
    private readonly DeliveryOptions _options;
    private readonly ILogger<DeliveryWorker> _log;
    private readonly Lanes<long> _sending;
    private readonly Lanes<long> _publishing;
    private readonly Alarms<long> _retries;
    private readonly Alarms<long> _patience;
    private readonly Turns _turns;
    private readonly SemaphoreSlim _sends = new(SendsAtOnce);

    public DeliveryWorker(
        IServiceScopeFactory scopes,
        ChannelBook channels,
        ISecrets secrets,
        IFileLinks links,
        IFileStore files,
        TimeProvider time,
        Random chance,
        IOptions<DeliveryOptions> options,
        ILogger<DeliveryWorker> log)
    {
        (_scopes, _channels, _secrets, _links, _files) = (scopes, channels, secrets, links, files);
        (_time, _chance, _options, _log) = (time, chance, options.Value, log);
        _turns = new(scopes, channels, time);
        _sending = new(SendAllAsync);
        _publishing = new(PublishAsync);
        _retries = new(time, _sending.Wake);
        _patience = new(time, _publishing.Wake);
    }

    void ICommitListener.OnCommitted(Committed changes)
    {
        foreach (var conversation in changes.Deliveries)
        {
            _sending.Wake(conversation);
            _patience.Set(conversation, _time.Now() + _options.InlineWait);
        }
    }

    public override async Task StopAsync(CancellationToken ct)
    {
        await base.StopAsync(ct);
        await _sending.StopAsync(ct);
        await _publishing.StopAsync(ct);
    }

    public override void Dispose()
    {
        _retries.Dispose();
        _patience.Dispose();
        _sends.Dispose();
        _sending.Dispose();
        _publishing.Dispose();
        base.Dispose();
    }

    // Finds what a dead server, this one before its restart or another, has left behind.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        _time.LookEveryAsync(LookAnyway, LookAsync, _log.LookFailed, stoppingToken);

    private async Task LookAsync(CancellationToken ct)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IFikoDb>();
        var now = _time.Now();
        var open = await db.Deliveries
            .Where(d => (d.Status == DeliveryStatus.Pending || d.Status == DeliveryStatus.Sending) && d.Message.Status == MessageStatus.Pending)
            .Where(d => d.Status == DeliveryStatus.Pending ? d.DueAt <= now : d.LeaseUntil <= now)
            .Where(d => !db.Channels.Any(c => c.Id == d.ChannelId && c.Status == ChannelStatus.Disabled && c.RemovedAt == null))
            .Select(d => d.ConversationId)
            .Distinct()
            .ToListAsync(ct);
        open.ForEach(_sending.Wake);

        var overdue = now - _options.InlineWait;
        var hidden = await db.Messages.Where(m => m.Seq == null && m.CreatedAt <= overdue).Select(m => m.ConversationId).Distinct().ToListAsync(ct);
        hidden.ForEach(_publishing.Wake);
    }

    private async Task PublishAsync(long conversation, CancellationToken stopping)
    {
        try
        {
            await _scopes.AskAsync(new PublishAccepted(conversation, _time.Now() - _options.InlineWait), CancellationToken.None);
        }
        catch (Exception failed)
        {
            _log.PublishFailed(failed, conversation);
        }
    }

    private async Task SendAllAsync(long conversation, CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                if (!await SendNextAsync(conversation))
                {
                    return;
                }
            }
        }
        catch (Exception failed)
        {
            // Whatever was claimed ends with its lease; the next look finds it.
            _log.LaneFailed(failed, conversation);
        }
    }

    // The turn and the place are taken before the claim, because the claim's lease begins to run at once.
    private async Task<bool> SendNextAsync(long conversation)
    {
        if (await _turns.TakeAsync(conversation) is { } turn)
        {
            _retries.Set(conversation, turn);
            return false;
        }

        await _sends.WaitAsync(CancellationToken.None);
        try
        {
            var claim = await _scopes.AskAsync(new ClaimDelivery(conversation), CancellationToken.None);
            if (claim.Part is not { } part)
            {
                _turns.Keep(conversation);
                if (claim.NotBefore is { } later)
                {
                    _retries.Set(conversation, later);
                }

                return false;
            }

            var outcome = await SendAsync(part);
            await _scopes.AskAsync(new SettleDelivery(part, outcome, _chance.NextDouble()), CancellationToken.None);
            Tell(part, conversation, outcome);
            return true;
        }
        finally
        {
            _sends.Release();
        }
    }

    private void Tell(ClaimedPart part, long conversation, SendOutcome outcome)
    {
        _log.Attempted(part.DeliveryId, conversation, part.Attempt, outcome.GetType().Name);
        switch (outcome)
        {
            case SendOutcome.NotTaken { RetryAfter: { } wait }:
                _turns.Slow(part.Account.ChannelId, conversation, wait);
                break;
            case SendOutcome.Refused { ChannelBroken: true } when !part.Account.HasFailed:
                _log.ChannelRefused(part.Account.ChannelId);
                break;
            case SendOutcome.Unknown:
                _log.OutcomeUnknown(part.DeliveryId, conversation);
                break;
        }
    }

    private async Task<SendOutcome> SendAsync(ClaimedPart part)
    {
        var account = part.Account;
        if (_channels.Find(account.Source) is not { } channel || account.SealedToken is null || _secrets.Open(account.SealedToken) is not { } token)
        {
            return new SendOutcome.Refused("The channel is not connected to this server");
        }

        try
        {
            var outgoing = new OutgoingPart(part.Chat, part.Text, part.ReplyTo, Open(part.File), part.Late);
            return await channel.SendAsync(new ChannelConnection(account.ChannelId, token, account.ExternalId), outgoing, CancellationToken.None);
        }
        catch (Exception unforeseen)
        {
            _log.ChannelThrew(unforeseen, account.ChannelId, part.DeliveryId);
            return new SendOutcome.Unknown("The channel failed in an unforeseen way");
        }
    }

    private OutgoingFile? Open(ClaimedFile? file) => file is null ? null : new OutgoingFile(
        file.Facts,
        _links.PublicOf(file.Id),
        async ct => await _files.OpenAsync(file.StorageKey, ct) ?? throw new FileNotFoundException("The file store has lost it"));
}
