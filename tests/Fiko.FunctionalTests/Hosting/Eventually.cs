namespace Fiko.FunctionalTests.Hosting;

/// <summary>Waits for what no frame announces, such as what a platform's customer sees.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task<T> SeesAsync<T>(Func<Task<T>> look, Func<T, bool> wanted, string what, TimeSpan? patience = null, TimeSpan? pause = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var seen = await look();
            if (wanted(seen))
            {
                return seen;
            }

            if (TimeProvider.System.GetElapsedTime(began) > (patience ?? Patience))
            {
                throw new TimeoutException($"Waited for {what}, saw at last: {seen}");
            }

            await Task.Delay(pause ?? Pause, TimeProvider.System);
        }
    }
}
