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

        // While its time stands still, nobody's allowance grows.
        LiftFrameLimits();
    }

    public FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());
}

/// <summary>A server for many messages: it keeps warnings only.</summary>
public sealed class BusyServer : FikoServer
{
    public BusyServer()
    {
        LiftFrameLimits();
        foreach (var category in Settings.Keys.Where(k => k.StartsWith("Logging:", StringComparison.Ordinal)).ToArray())
        {
            Settings[category] = "Warning";
        }
    }
}

/// <summary>A server that lets one socket say much at once, and logs everything.</summary>
public sealed class PatientListener : FikoServer
{
    public PatientListener()
    {
        LiftFrameLimits();
        LogEverything();
    }
}
