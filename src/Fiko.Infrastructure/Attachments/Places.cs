using System.Collections.Concurrent;

namespace Fiko.Infrastructure.Attachments;

/// <summary>Bounds what is under way for a channel, and for a platform: one that is slow fills its own places and nobody else's.</summary>
internal sealed class Places(int perChannel, int perPlatform)
{
    private readonly ConcurrentDictionary<long, SemaphoreSlim> _channels = [];
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _platforms = [];

    /// <summary>Waits for a place; disposing what it returns gives it back.</summary>
    public async Task<IDisposable> TakeAsync(long channelId, string platform, CancellationToken ct)
    {
        var channel = _channels.GetOrAdd(channelId, _ => new SemaphoreSlim(perChannel));
        var shared = _platforms.GetOrAdd(platform, _ => new SemaphoreSlim(perPlatform));
        await channel.WaitAsync(ct);
        try
        {
            await shared.WaitAsync(ct);
        }
        catch
        {
            channel.Release();
            throw;
        }

        return new Place(channel, shared);
    }

    private sealed class Place(SemaphoreSlim channel, SemaphoreSlim shared) : IDisposable
    {
        public void Dispose()
        {
            shared.Release();
            channel.Release();
        }
    }
}
