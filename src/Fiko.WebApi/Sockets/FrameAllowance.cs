namespace Fiko.WebApi.Sockets;

/// <summary>
/// A bucket of tokens that is one number, the moment up to which what was said is paid for: no timer fills it, nothing is
/// allocated, and the sockets of a user may share it without a lock.
/// </summary>
internal sealed class FrameAllowance(int perSecond, int burst, TimeProvider time)
{
    private readonly long _each = time.TimestampFrequency / perSecond;
    private long _paidUntil;

    /// <summary>Whether as much as possible may be said again.</summary>
    public bool IsFull => Interlocked.Read(ref _paidUntil) <= time.GetTimestamp();

    public bool TryTake()
    {
        while (true)
        {
            var now = time.GetTimestamp();
            var paid = Interlocked.Read(ref _paidUntil);
            var next = Math.Max(paid, now) + _each;
            if (next - now > _each * burst)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _paidUntil, next, paid) == paid)
            {
                return true;
            }
        }
    }
}
