using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Fiko.FunctionalTests.Hosting;

/// <summary>A server whose time goes on only when a test says so. Tokens end on it as they do in production.</summary>
public class ClockedServer : FikoServer
{
    public ClockedServer()
    {
        Settings["Jwt:EnforceExpiry"] = "true";
        Services = services => services.AddSingleton<TimeProvider>(Clock);
    }

    public FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());
}

/// <summary>A server for many messages: it keeps warnings only.</summary>
public sealed class BusyServer : FikoServer
{
    public BusyServer()
    {
        foreach (var category in Settings.Keys.Where(k => k.StartsWith("Logging:", StringComparison.Ordinal)).ToArray())
        {
            Settings[category] = "Warning";
        }
    }
}
