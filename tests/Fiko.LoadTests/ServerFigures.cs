using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Fiko.LoadTests;

/// <summary>What a process holds, as the kernel counts it.</summary>
internal sealed record ServerFigures(long MemoryMiB, int Handles, int Sockets, int Threads)
{
    // The keyword of the runtime's own event provider that makes it collect when somebody begins to listen.
    private const ulong CollectHeap = 0x80_0000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static ServerFigures Of(int process)
    {
        var status = File.ReadLines($"/proc/{process}/status").Select(l => l.Split([':', '\t', ' '], StringSplitOptions.RemoveEmptyEntries)).ToList();
        var handles = Directory.GetFileSystemEntries($"/proc/{process}/fd").Select(f => new FileInfo(f).LinkTarget ?? "").ToList();
        long Number(string name) => long.Parse(status.First(l => l[0] == name)[1], System.Globalization.CultureInfo.InvariantCulture);
        return new ServerFigures(Number("VmRSS") >> 10, handles.Count, handles.Count(h => h.StartsWith("socket:", StringComparison.Ordinal)), (int)Number("Threads"));
    }

    /// <summary>Lets the process collect its garbage, as diagnostic tools do: through the runtime's own socket.</summary>
    public static async Task CollectAsync(int process)
    {
        // Processes that were killed leave theirs behind, and numbers come again.
        var path = Directory.GetFiles(Path.GetTempPath(), $"dotnet-diagnostic-{process}-*-socket").MaxBy(File.GetLastWriteTimeUtc)!;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using var patience = new CancellationTokenSource(Patience);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), patience.Token);
        await socket.SendAsync(BeginTracing(), patience.Token);
        var buffer = new byte[64 * 1024];
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);
        quiet.CancelAfter(TimeSpan.FromSeconds(3));
        try
        {
            while (await socket.ReceiveAsync(buffer, quiet.Token) > 0)
            {
                quiet.CancelAfter(TimeSpan.FromSeconds(3));
            }
        }
        catch (OperationCanceledException)
        {
            // Nothing more is told: it is done. Hanging up ends the session.
        }
    }

    public override string ToString() => $"{MemoryMiB} MiB, {Handles} handles, {Sockets} of them sockets, {Threads} threads";

    // EventPipe's CollectTracing2 (dotnet/diagnostics, documentation/design-docs/ipc-protocol.md).
    private static byte[] BeginTracing()
    {
        using var payload = new MemoryStream();
        using var writer = new BinaryWriter(payload, Encoding.Unicode);
        writer.Write(16u);
        writer.Write(1u);
        writer.Write(false);
        writer.Write(1u);
        writer.Write(CollectHeap);
        writer.Write(4u);
        const string Provider = "Microsoft-Windows-DotNETRuntime";
        writer.Write(Provider.Length + 1);
        writer.Write(Encoding.Unicode.GetBytes($"{Provider}\0"));
        writer.Write(0u);
        var body = payload.ToArray();
        var message = new byte[20 + body.Length];
        "DOTNET_IPC_V1\0"u8.CopyTo(message);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(14), (ushort)message.Length);
        (message[16], message[17]) = (0x02, 0x03);
        body.CopyTo(message, 20);
        return message;
    }
}
