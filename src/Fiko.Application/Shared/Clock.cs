namespace Fiko.Application.Shared;

/// <summary>The wire and the database both speak in milliseconds; cutting at the source makes them agree.</summary>
public static class Clock
{
    public static DateTimeOffset Now(this TimeProvider time)
    {
        var now = time.GetUtcNow();
        return new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
    }
}
