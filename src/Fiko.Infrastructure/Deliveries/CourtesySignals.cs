using System.Threading.Channels;
using Fiko.Application.Channels;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Fiko.Infrastructure.Deliveries;

/// <summary>
/// Shows the platform's customer that somebody types, at most every 4 s a conversation (protocol.md, Typing), or has read what
/// they wrote. Bounded: what does not fit is dropped, because by the time it could be sent it is no longer true.
/// </summary>
internal sealed class CourtesySignals(IServiceScopeFactory scopes, ChannelBook channels, ISecrets secrets, TimeProvider time)
    : BackgroundService, ITypingSignals, ICommitListener
{
    private const int Waiting = 256;
    private const int AtOnce = 8;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(4);

    private readonly Dictionary<long, (DateTimeOffset At, bool Still)> _shown = [];
    private readonly Channel<(long Conversation, Courtesy Kind)> _signals =
        Channel.CreateBounded<(long, Courtesy)>(new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropWrite });

    private enum Courtesy
    {
        Typing,
        StoppedTyping,
        Seen,
    }

    public void Typing(long conversationId, bool isTyping)
    {
        if (isTyping ? IsDue(conversationId) : WasShown(conversationId))
        {
            _signals.Writer.TryWrite((conversationId, isTyping ? Courtesy.Typing : Courtesy.StoppedTyping));
        }
    }

    void ICommitListener.OnCommitted(Committed changes)
    {
        foreach (var conversation in changes.Read)
        {
            _signals.Writer.TryWrite((conversation, Courtesy.Seen));
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Parallel.ForEachAsync(
            _signals.Reader.ReadAllAsync(stoppingToken),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
            async (signal, ct) => await ShowAsync(signal.Conversation, signal.Kind, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing));

    private bool IsDue(long conversationId)
    {
        lock (_shown)
        {
            var now = time.GetUtcNow();
            if (_shown.TryGetValue(conversationId, out var last) && now - last.At < Every)
            {
                return false;
            }

            _shown[conversationId] = (now, Still: true);
            if (_shown.Count > Waiting * 4)
            {
                Forget(now);
            }

            return true;
        }
    }

    private bool WasShown(long conversationId)
    {
        lock (_shown)
        {
            // The time stays: who starts again at once is still held to the pace.
            var still = _shown.TryGetValue(conversationId, out var last) && last.Still;
            if (still)
            {
                _shown[conversationId] = last with { Still = false };
            }

            return still;
        }
    }

    private async Task ShowAsync(long conversationId, Courtesy kind, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IFikoDb>();
        var where = await (
            from c in db.Conversations
            where c.Id == conversationId
            join account in db.Channels on c.ChannelId equals account.Id
            where account.Status != ChannelStatus.Disabled
            select new { account.Id, account.Source, account.SealedToken, account.ExternalId, c.Chat }).SingleOrDefaultAsync(ct);
        if (where?.SealedToken is null || channels.Find(where.Source) is not IShowsCourtesy channel || secrets.Open(where.SealedToken) is not { } token)
        {
            return;
        }

        var connection = new ChannelConnection(where.Id, token, where.ExternalId);
        await (kind is Courtesy.Seen
            ? channel.ShowSeenAsync(connection, where.Chat, ct)
            : channel.ShowTypingAsync(connection, where.Chat, kind is Courtesy.Typing, ct));
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (conversation, _) in _shown.Where(s => now - s.Value.At >= Every).ToArray())
        {
            _shown.Remove(conversation);
        }
    }
}
