using Fiko.Application.Realtime;
using Fiko.Infrastructure.Realtime;

namespace Fiko.WebApi.Sockets;

/// <summary>
/// Catches sockets up, page by page: the next page is read when the peer has taken the one before. So what a replay costs in memory
/// is a page for each socket, however much it missed and however slowly it reads; and few pages are made at the same time.
/// </summary>
internal sealed class Replays : IDisposable
{
    // The first page is of unknown size: so many of the longest messages are well below a megabyte.
    private const int FirstPage = 64;

    // What a page is aimed at from the second on, by the size of the one before.
    private const int PageBytes = 256 * 1024;

    // Making frames is work for a processor: more at a time would be done no sooner.
    private readonly SemaphoreSlim _places = new(2 * Environment.ProcessorCount);

    /// <summary>Sends what was missed, and lets live frames follow. Where that does not work, the stream is still on hold and has heard nothing.</summary>
    /// <param name="live">On hold.</param>
    /// <param name="cursor">As the client sent it.</param>
    /// <param name="read">Reads the page of so many events after a cursor.</param>
    /// <returns>What the socket was told first, without the frames.</returns>
    public async Task<Resumed> CatchUpAsync(LiveStream live, string cursor, Func<string, int, Task<Resumed>> read, CancellationToken ct)
    {
        var (begin, size) = await SendPageAsync(live, isFirst: true, () => read(cursor, FirstPage), ct);
        for (var page = begin; page.Next is { } next;)
        {
            // What comes meanwhile need not wait: it is in the log, and read with the pages that follow.
            live.Skip();
            await live.Outbox.AnswersTakenAsync().WaitAsync(ct);
            live.Hold();
            (page, size) = await SendPageAsync(live, isFirst: false, () => read(next, size), ct);
            if (!page.Frame.Recovered)
            {
                live.Outbox.Close(CloseCode.TryAgainLater, "Reads too slowly");
            }
        }

        return begin;
    }

    public void Dispose() => _places.Dispose();

    private static int SizeAfter(ReadOnlyMemory<byte>[] page)
    {
        var bytes = page.Sum(f => (long)f.Length);
        return (int)Math.Clamp(PageBytes * (long)page.Length / Math.Max(bytes, 1), 1, ResumeSocket.MostMissed);
    }

    private async Task<(Resumed Page, int NextSize)> SendPageAsync(LiveStream live, bool isFirst, Func<Task<Resumed>> read, CancellationToken ct)
    {
        await _places.WaitAsync(ct);
        try
        {
            var page = await read();
            if (!page.Frame.Recovered)
            {
                return (page, 0);
            }

            ReadOnlyMemory<byte>[] missed = [.. page.Missed.Select(f => (ReadOnlyMemory<byte>)Wire.Encode(f))];
            ReadOnlyMemory<byte>[] first = isFirst ? [Wire.Encode(page.Frame)] : [];
            if (page.Next is null)
            {
                live.Release(page.Position, [.. first, .. missed]);
            }
            else
            {
                live.Outbox.SendAnswer([.. first, .. missed]);
            }

            // What was missed need not stay in memory for as long as the rest of the opening takes.
            return (page with { Missed = [] }, SizeAfter(missed));
        }
        finally
        {
            _places.Release();
        }
    }
}
