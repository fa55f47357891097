namespace Fiko.FunctionalTests.Hosting;

/// <summary>A server whose Telegram is the sandbox of another one, so that the platform outlives it.</summary>
public class ServerWithAPlatform : FikoServer
{
    public FikoServer Platform { get; } = new();

    /// <summary>Whether the platform calls addresses without TLS; where not, the server has to poll.</summary>
    public bool TakesHttpWebhooks { get; init; } = true;

    public override async ValueTask InitializeAsync()
    {
        await Platform.InitializeAsync();
        Settings["Sandbox:Enabled"] = "false";
        Settings["Telegram:ApiBaseUrl"] = Platform.Address.ToString();
        Settings["Telegram:HttpWebhooks"] = $"{TakesHttpWebhooks}";
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Platform.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
