using System.Collections.Concurrent;
using Fiko.Application.Attachments;
using Fiko.Application.Channels;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Fiko.Infrastructure.Deliveries;
using Fiko.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fiko.Infrastructure.Attachments;

/// <summary>
/// Fetches customers' files after their messages are shown, and lets the store forget what was taken back. The database is the
/// queue; hints only save looking at it.
/// </summary>
internal sealed class AttachmentWorker : BackgroundService, ICommitListener
{
    private const int AtOncePerChannel = 4;
    private const int AtOncePerPlatform = 16;
    private const int Batch = 500;
    private static readonly TimeSpan LookAnyway = TimeSpan.FromSeconds(5);

    private readonly IServiceScopeFactory _scopes;
    private readonly ChannelBook _channels;
    private readonly ISecrets _secrets;
    private readonly FileFetcher _fetcher;
    private readonly IFileStore _store;
    private readonly FilesOptions _options;
    private readonly TimeProvider _time;
    private readonly Random _chance;
    private readonly ILogger<AttachmentWorker> _log;
    private readonly Lanes<(long AttachmentId, long ChannelId)> _fetching;
    private readonly Lanes<string> _sweeping;
    private readonly Places _places = new(AtOncePerChannel, AtOncePerPlatform);
    private readonly ConcurrentDictionary<long, string> _sources = [];

    public AttachmentWorker(
        IServiceScopeFactory scopes,
        ChannelBook channels,
        ISecrets secrets,
        FileFetcher fetcher,
        IFileStore store,
        IOptions<FilesOptions> options,
        TimeProvider time,
        Random chance,
        ILogger<AttachmentWorker> log)
    {
        (_scopes, _channels, _secrets, _fetcher, _store, _options, _time, _chance, _log) =
            (scopes, channels, secrets, fetcher, store, options.Value, time, chance, log);
        _fetching = new(FetchAsync);
        _sweeping = new(SweepAsync);
    }

    void ICommitListener.OnCommitted(Committed changes)
    {
        foreach (var file in changes.Files)
        {
            _fetching.Wake(file);
        }

        if (changes.FilesDeleted)
        {
            _sweeping.Wake("");
        }
    }

    public override async Task StopAsync(CancellationToken ct)
    {
        await base.StopAsync(ct);
        await _fetching.StopAsync(ct);
        await _sweeping.StopAsync(ct);
    }

    public override void Dispose()
    {
        _fetching.Dispose();
        _sweeping.Dispose();
        base.Dispose();
    }

    // Finds what a dead server, this one before its restart or another, has left behind.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        _time.LookEveryAsync(LookAnyway, LookAsync, _log.FileLookFailed, stoppingToken);

    private async Task LookAsync(CancellationToken ct)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var now = _time.Now();
        var due = await scope.ServiceProvider.GetRequiredService<IFikoDb>().Attachments
            .Where(a => a.Status == AttachmentStatus.Pending && a.DueAt <= now && a.RemoteId != null)
            .OrderBy(a => a.DueAt)
            .Take(Batch)
            .Select(a => new { a.Id, ChannelId = a.ChannelId!.Value })
            .ToListAsync(ct);
        due.ForEach(f => _fetching.Wake((f.Id, f.ChannelId)));
        _sweeping.Wake("");
    }

    private async Task FetchAsync((long AttachmentId, long ChannelId) file, CancellationToken stopping)
    {
        try
        {
            // The place is taken before the claim, because the claim's lease begins to run at once.
            using var place = await _places.TakeAsync(file.ChannelId, await SourceAsync(file.ChannelId, stopping), stopping);
            if (await _scopes.AskAsync(new ClaimFile(file.AttachmentId), CancellationToken.None) is { } claim)
            {
                await FetchAsync(claim, stopping);
            }
        }
        catch (Exception failed) when (!stopping.IsCancellationRequested)
        {
            _log.FileLaneFailed(failed, file.AttachmentId);
        }
    }

    private async Task FetchAsync(ClaimedFetch claim, CancellationToken stopping)
    {
        Fetched fetched;
        try
        {
            fetched = _channels.Find(claim.Source) is ICarriesFiles carrier && claim.SealedToken is not null && _secrets.Open(claim.SealedToken) is { } token
                ? await _fetcher.FetchAsync(carrier, new ChannelConnection(claim.ChannelId, token, claim.AccountId), claim.RemoteId, claim.StorageKey, claim.SaidType, stopping)
                : new Fetched.Not(new FetchOutcome.TryAgain("The channel is not connected to this server"));
        }
        catch (OperationCanceledException)
        {
            // Given back, so that the next start need not wait for the lease to end.
            await _scopes.AskAsync(new PostponeFile(claim, _time.Now()), CancellationToken.None);
            return;
        }

        await RecordAsync(claim, fetched);
    }

    private async Task RecordAsync(ClaimedFetch claim, Fetched fetched)
    {
        _log.FileAttempted(claim.AttachmentId, claim.ChannelId, claim.Attempt, fetched is Fetched.Not { Outcome: { } not } ? not.GetType().Name : fetched.GetType().Name);
        switch (fetched)
        {
            case Fetched.Kept kept when !await _scopes.AskAsync(new RecordFile(claim, kept.Content, kept.Size), CancellationToken.None):
                await _store.DeleteAsync(claim.StorageKey, CancellationToken.None);
                break;
            case Fetched.Not { Outcome: FetchOutcome.TryAgain again } when claim.Attempt < _options.MaxAttempts:
                var pause = _options.PauseAfter(claim.Attempt, again.RetryAfter, _chance.NextDouble());
                await _scopes.AskAsync(new PostponeFile(claim, _time.Now() + pause), CancellationToken.None);
                break;
            case Fetched.Not { Outcome: FetchOutcome.TryAgain final }:
                await GiveUpAsync(claim, $"Given up after {claim.Attempt} attempts: {final.Reason}");
                break;
            case Fetched.Not { Outcome: FetchOutcome.Gone gone }:
                await GiveUpAsync(claim, gone.Reason);
                break;
        }
    }

    // The bytes first: an earlier attempt may have brought some and died before it could say so.
    private async Task GiveUpAsync(ClaimedFetch claim, string reason)
    {
        await _store.DeleteAsync(claim.StorageKey, CancellationToken.None);
        await _scopes.AskAsync(new RecordMissingFile(claim, reason), CancellationToken.None);
    }

    private async Task SweepAsync(string _, CancellationToken stopping)
    {
        try
        {
            await _scopes.AskAsync(new DropStaleFiles(), stopping);
            while (await _scopes.AskAsync(new ListFilesToForget(), stopping) is { Count: > 0 } files)
            {
                foreach (var file in files)
                {
                    // The bytes first, then the row: a crash in between is a second look at nothing.
                    await _store.DeleteAsync(file.StorageKey, stopping);
                    await _scopes.AskAsync(new RecordForgottenFile(file.AttachmentId), CancellationToken.None);
                }
            }
        }
        catch (Exception failed) when (!stopping.IsCancellationRequested)
        {
            _log.SweepFailed(failed);
        }
    }

    // A channel's source never changes.
    private async Task<string> SourceAsync(long channelId, CancellationToken ct)
    {
        if (_sources.TryGetValue(channelId, out var known))
        {
            return known;
        }

        await using var scope = _scopes.CreateAsyncScope();
        var source = await scope.ServiceProvider.GetRequiredService<IFikoDb>().Channels.Where(c => c.Id == channelId).Select(c => c.Source).SingleAsync(ct);
        return _sources.GetOrAdd(channelId, source);
    }
}
