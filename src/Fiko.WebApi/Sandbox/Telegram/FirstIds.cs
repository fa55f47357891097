namespace Fiko.WebApi.Sandbox.Telegram;

internal static class FirstIds
{
    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Where a count of updates or messages begins. Whoever stores our ids outlives this memory, so they go on rising over a
    /// restart: eight for each second, far inside the 32 bits that the Bot API's clients keep them in.
    /// </summary>
    public static int At(DateTimeOffset now) => (int)((long)Math.Max(0, (now - Epoch).TotalSeconds * 8) % (1 << 30));
}
