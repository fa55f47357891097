using Fiko.Application;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Fiko.WebApi.Sockets;

/// <summary>What holds before there is a socket, and when there are to be none any more.</summary>
internal static class ConnectionLimits
{
    // What follows on the drain: the last sockets' farewell, and deliveries that are being made.
    private static readonly TimeSpan Finishing = TimeSpan.FromSeconds(30);

    /// <summary>A peer that takes for ever to say what it wants holds a connection, and no more than that, for a bounded time.</summary>
    public static void AddConnectionLimits(this IServiceCollection services) =>
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<SocketOptions>>((kestrel, sockets) =>
        {
            var options = sockets.Value;
            kestrel.Limits.MaxConcurrentConnections = options.MaxHttpConnections;
            kestrel.Limits.RequestHeadersTimeout = options.RequestHeadersTimeout;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(options.MinBodyBytesPerSecond, options.MinBodyGrace);
        });

    public static void AddDrain(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<DrainOptions>(configuration, DrainOptions.Section);
        services.AddSingleton<Drain>();
        services.AddHostedService<SocketDrain>();
        services.AddOptions<HostOptions>().Configure<IOptions<DrainOptions>>((host, drain) => host.ShutdownTimeout = drain.Value.Period + Finishing);
    }
}
