using System.Net.Sockets;

namespace Fiko.LoadTests.Experiments;

/// <summary>Some clients stop reading, while everybody is sent more than may wait for a socket. Then they read again.</summary>
internal static class Slow
{
    // Almost as long as a message may be, in letters of three bytes: ten megabytes in a thousand messages, of which the machine itself
    // holds some for each socket before the server sees that nobody reads.
    private static readonly string LongText = string.Concat(Enumerable.Repeat("გამარჯობა ", 390));

    public static async Task<bool> RunAsync(Cluster cluster, int rate, int clients, int slow, TimeSpan phase)
    {
        // One conversation, so that its chat has as much to say as the list. A peer that is closed for reading too slowly is waited
        // for until it reads again, because what it then finds is part of the question.
        await cluster.StartAsync(1, [.. Cluster.WithoutLimits, "--Sockets:CloseTimeout=00:01:00"]);
        using var crowd = new Crowd(cluster, rate);
        using var narrow = new HttpMessageInvoker(new SocketsHttpHandler { ConnectCallback = ConnectNarrowAsync });
        var live = new Latencies();
        var ofTheSlow = new Latencies();
        Listener Open(int n, Latencies heard, HttpMessageInvoker? wire) =>
            new(n % 2 == 0 ? null : cluster.Chats[0], cluster.Token, attempt => cluster.Servers[(attempt + (n / 2)) % 2].Address, heard) { Wire = wire };
        await crowd.OpenAsync(Enumerable.Range(0, clients).Select<int, Func<Listener>>(n => () => Open(n, live, null)));
        crowd.BeginWriting(LongText);

        // What runs for the first time counts for nobody.
        await Crowd.ForAsync(phase / 2);
        (_, _) = (live.Take(), cluster.Load);
        await Crowd.ForAsync(phase / 2);
        Crowd.Say($"{clients} alone: {live.Take()}; {cluster.Load}; {cluster.Memory}");
        await crowd.EndWritingAsync();
        await crowd.OpenAsync(Enumerable.Range(0, slow).Select<int, Func<Listener>>(n => () => Open(n, ofTheSlow, narrow)));
        var readers = crowd.Listeners.Skip(clients).ToList();
        crowd.BeginWriting(LongText);
        await Crowd.ForAsync(phase / 4);
        (_, _) = (live.Take(), cluster.Load);
        await Crowd.ForAsync(phase);
        var before = live.Take();
        Crowd.Say($"{slow} more, who read, too: {before}; {cluster.Load}; {cluster.Memory}");
        var mayRead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        readers.ForEach(r => r.MayRead = mayRead.Task);
        await Crowd.ForAsync(phase);
        var during = live.Take();
        Crowd.Say($"they stop reading: {during}; p99 moved by {before.Moved(during):F1} %; {cluster.Load}; {cluster.Memory}");
        await crowd.EndWritingAsync();
        mayRead.SetResult();
        var heardAll = await crowd.VerdictAsync();
        Crowd.Say($"when they read again, {readers.Count(r => r.Ends.Contains(1013))} found themselves closed with 1013, {readers.Count(r => r.Ends.Contains(1006))} cut off, {readers.Count(r => r.Ends.IsEmpty)} still open");
        await Crowd.ForAsync(phase / 2);
        Crowd.Say($"a while later: {cluster.Memory}");
        return heardAll;
    }

    // With little room on its side, as of somebody far away: else the machine holds megabytes for each, which no server sees.
    private static async ValueTask<Stream> ConnectNarrowAsync(SocketsHttpConnectionContext to, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096, NoDelay = true };
        await socket.ConnectAsync(to.DnsEndPoint, ct);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
