using System.Threading.Channels;
using Fiko.Application.Channels;
using Fiko.Application.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Fiko.Infrastructure.Deliveries;

/// <summary>
/// Shows the platform's customer that somebody types, at most every 4 s a conversation (protocol.md, Typing). Bounded: what
/// does not fit is dropped, because by the time it could be sent it is no longer true.
/// </summary>
internal sealed class TypingSignals(IServiceScopeFactory scopes, ChannelBook channels, ISecrets secrets, TimeProvider time) : BackgroundService, ITypingSignals
{
    private const int Waiting = 256;
    private const int AtOnce = 8;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(4);

    private readonly Dictionary<long, DateTimeOffset> _shown = [];
    private readonly Channel<long> _signals = Channel.CreateBounded<long>(new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Typing(long conversationId)
    {
        lock (_shown)
        {
            var now = time.GetUtcNow();
            if (_shown.TryGetValue(conversationId, out var last) && now - last < Every)
            {
                return;
            }

            _shown[conversationId] = now;
            if (_shown.Count > Waiting * 4)
            {
                Forget(now);
            }
        }

        _signals.Writer.TryWrite(conversationId);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Parallel.ForEachAsync(
            _signals.Reader.ReadAllAsync(stoppingToken),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
            async (conversation, ct) => await ShowAsync(conversation, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing));

    private async Task ShowAsync(long conversationId, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IFikoDb>();
        var where = await (
            from c in db.Conversations
            where c.Id == conversationId
            join account in db.Channels on c.ChannelId equals account.Id
            select new { account.Id, account.Source, account.SealedToken, c.Chat }).SingleOrDefaultAsync(ct);
        if (where?.SealedToken is not null && channels.Find(where.Source) is { } channel && secrets.Open(where.SealedToken) is { } token)
        {
            await channel.ShowTypingAsync(new ChannelConnection(where.Id, token), where.Chat, ct);
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (conversation, _) in _shown.Where(s => now - s.Value >= Every).ToArray())
        {
            _shown.Remove(conversation);
        }
    }
}
