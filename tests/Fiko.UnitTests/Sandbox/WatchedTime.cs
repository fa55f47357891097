using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Fiko.UnitTests.Sandbox;

/// <summary>A fake time that tells when somebody begins to wait for it, so that it is never moved too early.</summary>
internal sealed class WatchedTime() : FakeTimeProvider(new DateTimeOffset(2026, 8, 1, 9, 0, 0, TimeSpan.Zero))
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _waits.Writer.TryWrite(dueTime);
        return timer;
    }

    public async Task ElapseAsync(TimeSpan wait)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(SandboxHost.Limit);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        while (await _waits.Reader.ReadAsync(limit.Token) != wait)
        {
        }

        Advance(wait);
    }
}
