using System.Net.Sockets;

namespace Fiko.Tests;

/// <summary>The engine that containers run on.</summary>
internal static class DockerEngine
{
    /// <summary>Whether somebody listens, which is known at once; Testcontainers says the rest.</summary>
    public static async Task<bool> AnswersAsync()
    {
        var host = Environment.GetEnvironmentVariable("DOCKER_HOST");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1.5));
        try
        {
            if (host is { Length: > 0 } && new Uri(host) is { Scheme: not "unix" } remote)
            {
                using var client = new TcpClient();
                await client.ConnectAsync(remote.Host, remote.Port, patience.Token);
                return true;
            }

            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            var path = host is { Length: > 0 } ? new Uri(host).AbsolutePath : "/var/run/docker.sock";
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), patience.Token);
            return true;
        }
        catch (Exception failed) when (failed is SocketException or OperationCanceledException or UriFormatException)
        {
            return false;
        }
    }
}
