using System.Net;
using System.Net.Sockets;

namespace Fiko.Infrastructure.Outbound;

/// <summary>
/// Connects where a name leads, unless that is a network of our own. The addresses that were looked at are the ones that are
/// connected to: a name that is answered differently a moment later gains nothing.
/// </summary>
internal static class PublicConnections
{
    /// <exception cref="ForbiddenAddressException">One of its addresses is not a public one.</exception>
    public static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, bool anywhere, CancellationToken ct)
    {
        var addresses = await Dns.GetHostAddressesAsync(target.Host, ct);
        if (!anywhere && Array.Exists(addresses, PrivateAddresses.Has))
        {
            throw new ForbiddenAddressException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>Somebody wanted us to call a network of our own.</summary>
internal sealed class ForbiddenAddressException() : IOException("Not a public address");
