using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Fiko.WebApi.Sockets;

namespace Fiko.UnitTests.Sockets;

/// <summary>Both ends of a real WebSocket on loopback, with little room between them, so that a peer can be stuck.</summary>
internal sealed class SocketPair : IDisposable
{
    private const int Room = 16 * 1024;

    private readonly CancellationTokenSource _patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly TcpClient _near;
    private readonly TcpClient _far;

    private SocketPair(TcpClient near, TcpClient far)
    {
        (_near, _far) = (near, far);
        Server = WebSocket.CreateFromStream(far.GetStream(), new WebSocketCreationOptions { IsServer = true });
        Client = WebSocket.CreateFromStream(near.GetStream(), new WebSocketCreationOptions { IsServer = false });
        _patience.CancelAfter(TimeSpan.FromSeconds(30));
    }

    public WebSocket Server { get; }

    public WebSocket Client { get; }

    /// <summary>Ends every wait of the test.</summary>
    public CancellationToken Patience => _patience.Token;

    public static async Task<SocketPair> ConnectAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var near = new TcpClient { ReceiveBufferSize = Room };
        await near.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
        var far = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        far.SendBufferSize = Room;
        return new SocketPair(near, far);
    }

    public void Cut() => _far.Close();

    /// <summary>Leaves the writer in the middle of a frame that does not fit between the two ends, until the client reads on.</summary>
    public async Task<SocketOutbox> GetStuckAsync(SocketOutbox outbox)
    {
        outbox.SendAnswer(Encoding.UTF8.GetBytes(new string('x', Room * 128)));
        await Client.ReceiveAsync(new byte[1], Patience);
        return outbox;
    }

    /// <summary>The next text; null where the closing frame came.</summary>
    public async Task<string?> ReadTextAsync()
    {
        using var text = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var read = await Client.ReceiveAsync(buffer, Patience);
            if (read.MessageType is WebSocketMessageType.Close)
            {
                return null;
            }

            text.Write(buffer, 0, read.Count);
            if (read.EndOfMessage)
            {
                return Encoding.UTF8.GetString(text.ToArray());
            }
        }
    }

    /// <summary>All texts up to the closing frame.</summary>
    public async Task<IReadOnlyList<string>> ReadToTheEndAsync()
    {
        var texts = new List<string>();
        while (await ReadTextAsync() is { } text)
        {
            texts.Add(text);
        }

        return texts;
    }

    public void Dispose()
    {
        Server.Dispose();
        Client.Dispose();
        _near.Dispose();
        _far.Dispose();
        _patience.Dispose();
    }
}
