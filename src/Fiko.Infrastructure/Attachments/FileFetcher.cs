using Fiko.Application.Attachments;
using Fiko.Application.Channels;
using Fiko.Domain.Shared;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fiko.Infrastructure.Attachments;

/// <summary>Brings a customer's file from its platform to the store, within the limits of size and time.</summary>
internal sealed class FileFetcher(Downloads downloads, IFileStore store, IOptions<FilesOptions> options, TimeProvider time, ILogger<FileFetcher> log)
{
    /// <param name="carrier">The platform.</param>
    /// <param name="connection">Whose channel.</param>
    /// <param name="remoteId">Which file there.</param>
    /// <param name="storageKey">Where it goes.</param>
    /// <param name="saidType">What the platform says it is.</param>
    /// <param name="stopping">The server's end; nothing else throws.</param>
    public async Task<Fetched> FetchAsync(ICarriesFiles carrier, ChannelConnection connection, string remoteId, string storageKey, string? saidType, CancellationToken stopping)
    {
        using var patience = new CancellationTokenSource(options.Value.FetchTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
        try
        {
            await using var draft = downloads.Open();
            using var bounded = new BoundedStream(draft, options.Value.MaxDownloadSize);
            var outcome = await carrier.FetchAsync(connection, remoteId, bounded, options.Value.MaxDownloadSize, either.Token);
            return outcome is FetchOutcome.Fetched ? await KeepAsync(draft, storageKey, saidType, either.Token) : new Fetched.Not(outcome);
        }
        catch (RuleBrokenException tooLarge)
        {
            return new Fetched.Not(new FetchOutcome.Gone(tooLarge.Message));
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            return new Fetched.Not(new FetchOutcome.TryAgain("It took too long to fetch"));
        }
        catch (Exception unforeseen) when (!stopping.IsCancellationRequested)
        {
            log.FetchFailed(unforeseen, connection.ChannelId);
            return new Fetched.Not(new FetchOutcome.TryAgain("It could not be fetched"));
        }
    }

    private async Task<Fetched> KeepAsync(FileStream draft, string storageKey, string? saidType, CancellationToken ct)
    {
        if (draft.Length == 0)
        {
            return new Fetched.Not(new FetchOutcome.Gone("The file is empty"));
        }

        draft.Position = 0;
        var head = new byte[Math.Min(draft.Length, FileContent.HeadLength)];
        await draft.ReadExactlyAsync(head, ct);
        draft.Position = 0;
        await store.SaveAsync(storageKey, draft, ct);
        return new Fetched.Kept(FileContent.Recognise(head, saidType), draft.Length);
    }
}

/// <summary>What came of it.</summary>
internal abstract record Fetched
{
    private Fetched()
    {
    }

    /// <summary>It is in the store.</summary>
    public sealed record Kept(FileContent Content, long Size) : Fetched;

    /// <summary>It is not, for now or for good.</summary>
    public sealed record Not(FetchOutcome Outcome) : Fetched;
}
