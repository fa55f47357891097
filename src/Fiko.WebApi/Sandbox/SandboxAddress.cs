using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Fiko.WebApi.Sandbox;

/// <summary>Where this very server can be called over http, once it listens.</summary>
internal sealed class SandboxAddress(IServer server)
{
    /// <summary>Null before the start and on a server without http.</summary>
    public Uri? Http => server.Features.Get<IServerAddressesFeature>()?.Addresses.Select(Reachable).FirstOrDefault(a => a is not null);

    // Kestrel's "every address" is a place to listen, not one to call.
    private static Uri? Reachable(string address)
    {
        var binding = BindingAddress.Parse(address);
        var host = binding.Host is "0.0.0.0" or "[::]" or "*" or "+" ? "localhost" : binding.Host;
        return binding is { Scheme: "http", IsUnixPipe: false, IsNamedPipe: false, Port: > 0 }
            ? new Uri($"http://{host}:{binding.Port}")
            : null;
    }
}
