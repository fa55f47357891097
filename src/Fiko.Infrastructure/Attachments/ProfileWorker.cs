using Fiko.Application.Attachments;
using Fiko.Application.Channels;
using Fiko.Application.Customers;
using Fiko.Application.Shared;
using Fiko.Infrastructure.Deliveries;
using Fiko.Infrastructure.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fiko.Infrastructure.Attachments;

/// <summary>Asks platforms who their customers are, after the answer to the webhook and never in it. The database is the queue.</summary>
internal sealed class ProfileWorker : BackgroundService, ICommitListener
{
    private const int AtOncePerChannel = 2;
    private const int Batch = 500;
    private static readonly TimeSpan LookAnyway = TimeSpan.FromSeconds(5);

    private readonly IServiceScopeFactory _scopes;
    private readonly ChannelBook _channels;
    private readonly ISecrets _secrets;
    private readonly FileFetcher _fetcher;
    private readonly FilesOptions _options;
    private readonly TimeProvider _time;
    private readonly Random _chance;
    private readonly ILogger<ProfileWorker> _log;
    private readonly Lanes<(long AddressId, long ChannelId)> _asking;
    private readonly Places _places = new(AtOncePerChannel, int.MaxValue);

    public ProfileWorker(
        IServiceScopeFactory scopes,
        ChannelBook channels,
        ISecrets secrets,
        FileFetcher fetcher,
        IOptions<FilesOptions> options,
        TimeProvider time,
        Random chance,
        ILogger<ProfileWorker> log)
    {
        (_scopes, _channels, _secrets, _fetcher, _options, _time, _chance, _log) = (scopes, channels, secrets, fetcher, options.Value, time, chance, log);
        _asking = new(AskAsync);
    }

    void ICommitListener.OnCommitted(Committed changes)
    {
        foreach (var address in changes.Profiles)
        {
            _asking.Wake(address);
        }
    }

    public override async Task StopAsync(CancellationToken ct)
    {
        await base.StopAsync(ct);
        await _asking.StopAsync(ct);
    }

    public override void Dispose()
    {
        _asking.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        _time.LookEveryAsync(LookAnyway, LookAsync, _log.ProfileLookFailed, stoppingToken);

    private async Task LookAsync(CancellationToken ct)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var now = _time.Now();
        var due = await scope.ServiceProvider.GetRequiredService<IFikoDb>().ChannelAddresses
            .Where(a => a.ProfileDueAt <= now)
            .OrderBy(a => a.ProfileDueAt)
            .Take(Batch)
            .Select(a => new { a.Id, a.ChannelId })
            .ToListAsync(ct);
        due.ForEach(a => _asking.Wake((a.Id, a.ChannelId)));
    }

    private async Task AskAsync((long AddressId, long ChannelId) address, CancellationToken stopping)
    {
        try
        {
            using var place = await _places.TakeAsync(address.ChannelId, platform: "", stopping);
            if (await _scopes.AskAsync(new ClaimProfile(address.AddressId), CancellationToken.None) is { } claim)
            {
                await AskAsync(claim, stopping);
            }
        }
        catch (Exception failed) when (!stopping.IsCancellationRequested)
        {
            _log.ProfileLaneFailed(failed, address.AddressId);
        }
    }

    private async Task AskAsync(ClaimedProfile claim, CancellationToken stopping)
    {
        if (_channels.Find(claim.Source) is not IKnowsProfiles platform || claim.SealedToken is null || _secrets.Open(claim.SealedToken) is not { } token)
        {
            await _scopes.AskAsync(new PostponeProfile(claim, Until: null), CancellationToken.None);
            return;
        }

        try
        {
            var connection = new ChannelConnection(claim.ChannelId, token, claim.AccountId);
            var outcome = await FetchAsync(platform, connection, claim, stopping);
            _log.ProfileAttempted(claim.AddressId, claim.ChannelId, claim.Attempt, outcome.GetType().Name);
            await RecordAsync(platform, connection, claim, outcome, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Given back, so that the next start need not wait for the lease to end.
            await _scopes.AskAsync(new PostponeProfile(claim, _time.Now()), CancellationToken.None);
        }
    }

    private async Task<ProfileOutcome> FetchAsync(IKnowsProfiles platform, ChannelConnection connection, ClaimedProfile claim, CancellationToken stopping)
    {
        using var patience = new CancellationTokenSource(_options.FetchTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
        try
        {
            return await platform.FetchProfileAsync(connection, claim.Address, either.Token);
        }
        catch (Exception unforeseen) when (!stopping.IsCancellationRequested)
        {
            _log.ProfileFailed(unforeseen, claim.ChannelId);
            return new ProfileOutcome.TryAgain("The channel failed in an unforeseen way");
        }
    }

    private Task RecordAsync(IKnowsProfiles platform, ChannelConnection connection, ClaimedProfile claim, ProfileOutcome outcome, CancellationToken stopping) => outcome switch
    {
        ProfileOutcome.Known { Picture: { } picture } known when known.PictureVersion != claim.PictureVersion && platform is ICarriesFiles carrier =>
            RecordWithPictureAsync(carrier, connection, claim, known, picture, stopping),
        ProfileOutcome.Known known => _scopes.AskAsync(new RecordProfile(claim, known.Profile, known.PictureVersion), CancellationToken.None),
        ProfileOutcome.TryAgain again => PostponeAsync(claim, again.RetryAfter),
        _ => _scopes.AskAsync(new PostponeProfile(claim, Until: null), CancellationToken.None),
    };

    private async Task RecordWithPictureAsync(
        ICarriesFiles carrier, ChannelConnection connection, ClaimedProfile claim, ProfileOutcome.Known known, string picture, CancellationToken stopping)
    {
        if (await _scopes.AskAsync(new ReservePicture(claim), CancellationToken.None) is not { } place)
        {
            return;
        }

        var fetched = await _fetcher.FetchAsync(carrier, connection, picture, place.StorageKey, saidType: null, stopping);
        var kept = fetched is Fetched.Kept { Content.MediaType: var type } seen && type.StartsWith("image/", StringComparison.Ordinal) && type != "image/svg+xml"
            ? new KeptPicture(place.AttachmentId, seen.Content, seen.Size)
            : null;
        if (kept is null)
        {
            await _scopes.AskAsync(new DropFile(place.AttachmentId), CancellationToken.None);
        }

        // A picture that may be had later leaves its mark unknown, so that tomorrow's question brings it.
        var version = fetched is Fetched.Not { Outcome: FetchOutcome.TryAgain } ? claim.PictureVersion : known.PictureVersion;
        await _scopes.AskAsync(new RecordProfile(claim, known.Profile, version, kept), CancellationToken.None);
    }

    private Task<Unit> PostponeAsync(ClaimedProfile claim, TimeSpan? asked)
    {
        var pause = _options.PauseAfter(claim.Attempt, asked, _chance.NextDouble());
        return _scopes.AskAsync(new PostponeProfile(claim, claim.Attempt < _options.MaxAttempts ? _time.Now() + pause : null), CancellationToken.None);
    }
}
