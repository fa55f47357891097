namespace Fiko.WebApi.Sockets;

/// <summary>
/// Bounds how many sockets are caught up at the same time. A replay is up to a thousand events with their texts, read and made into
/// frames at once; when everybody comes back together, this is what keeps the server's memory from growing with their number.
/// </summary>
internal sealed class Replays : IDisposable
{
    // Making frames is work for a processor: more at a time would be done no sooner.
    private readonly SemaphoreSlim _places = new(2 * Environment.ProcessorCount);

    public async Task<TResult> RunAsync<TResult>(Func<Task<TResult>> replay, CancellationToken ct)
    {
        await _places.WaitAsync(ct);
        try
        {
            return await replay();
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();
}
