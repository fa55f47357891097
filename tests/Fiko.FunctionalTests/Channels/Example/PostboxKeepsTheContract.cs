namespace Fiko.FunctionalTests.Channels.Example;

public sealed class PostboxServer : ContractServer
{
    internal PostOffice Office { get; } = new();

    public override async ValueTask InitializeAsync()
    {
        await Office.OpenAsync();
        Services = services => services.AddPostboxChannel(Office.Address);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Office.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

public sealed class PostboxKeepsTheContract(PostboxServer server) : ChannelContract, IClassFixture<PostboxServer>
{
    protected override async Task<PlatformUnderTest> ConnectAsync() => await PostboxPlatform.ConnectAsync(server, server.Office);
}
