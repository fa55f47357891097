using System.Net.WebSockets;

namespace Fiko.WebApi.Sockets;

/// <summary>A browser learns the code only if our closing frame arrives, so a connection stays until the peer answered or is given up.</summary>
internal static class Farewell
{
    public static async Task WaitAsync(AcceptedSocket accepted, SocketOutbox outbox, SocketParts parts, bool untilAnswered = true)
    {
        var socket = accepted.Socket;
        await outbox.Closed.WaitAsync(parts.Options.CloseTimeout, parts.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!outbox.Closed.IsCompleted)
        {
            // Not even the closing frame went out: nobody takes anything at the other end.
            accepted.Cut();
            return;
        }

        if (!untilAnswered)
        {
            return;
        }

        using var patience = new CancellationTokenSource(parts.Options.CloseTimeout, parts.Time);
        var rest = new byte[1024];
        try
        {
            while (socket.State is WebSocketState.CloseSent)
            {
                await socket.ReceiveAsync(rest, patience.Token);
            }
        }
        catch (Exception gone) when (IsGone(gone))
        {
            // It left without a word. That is its right.
        }
    }

    /// <summary>The ways in which the framework says that a connection is over.</summary>
    public static bool IsGone(Exception thrown) =>
        thrown is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException or InvalidOperationException;
}
