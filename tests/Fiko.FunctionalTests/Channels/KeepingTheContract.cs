using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Channels;

/// <summary>A server that never shows a message before its outcome is known, and soon tries again.</summary>
public class ContractServer : FikoServer
{
    public ContractServer()
    {
        Settings["Delivery:InlineWait"] = "00:01:00";
        Settings["Delivery:SendTimeout"] = "00:00:02";
        Settings["Delivery:Backoff"] = "00:00:00.020";
    }
}

public sealed class TelegramKeepsTheContract(ContractServer server) : ChannelContract, IClassFixture<ContractServer>
{
    protected override async Task<PlatformUnderTest> ConnectAsync() => await TelegramPlatform.ConnectAsync(server);
}

public sealed class InstagramKeepsTheContract(ContractServer server) : ChannelContract, IClassFixture<ContractServer>
{
    protected override async Task<PlatformUnderTest> ConnectAsync() => await InstagramPlatform.ConnectAsync(server);
}
