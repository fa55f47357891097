using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Storm;

/// <summary>A server that is worked hard: without the platforms' throttles, which are shown elsewhere, and with a log of what goes wrong alone.</summary>
public class StormServer : FikoServer
{
    /// <summary>What the platform's app signs its webhooks with.</summary>
    public const string AppSecret = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";

    public StormServer()
    {
        Settings["Logging:LogLevel:Default"] = "Warning";
        Settings["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning";
        Settings["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning";
        Settings["Instagram:AppSecret"] = AppSecret;
        foreach (var platform in (string[])["Telegram", "Instagram"])
        {
            Settings[$"{platform}:ChatBurst"] = "1000";
            Settings[$"{platform}:ChatEvery"] = "00:00:00";
            Settings[$"{platform}:AccountBurst"] = "10000";
            Settings[$"{platform}:AccountEvery"] = "00:00:00";
        }
    }
}
