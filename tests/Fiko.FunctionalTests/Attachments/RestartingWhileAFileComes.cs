using Fiko.Application.Channels;
using Fiko.Domain.Conversations;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Attachments;

public sealed class RestartingWhileAFileComes : IAsyncLifetime
{
    private readonly FileServer _server = new();

    [Fact]
    public async Task It_comes_after_the_restart()
    {
        var workspace = await TestWorkspace.CreateAsync(_server, agents: 1);
        var channel = await _server.ConnectAsync(workspace);
        var bytes = SomeFile.Png();
        _server.Platform.HasSlowly("remote", bytes);
        await _server.BeginAsync(workspace, channel, "customer", "1", new InboundFile(FileKind.Image) { RemoteId = "remote" });
        await Eventually.SeesAsync(() => Task.FromResult(_server.Platform.Asked.Count), n => n == 1, "the file asked for");

        _server.Platform.Has("remote", bytes);
        await _server.RestartAsync();

        await Eventually.SeesAsync(() => Task.FromResult(_server.StoredFiles().Exists(f => f.SequenceEqual(bytes))), there => there, "the file on the disk");
    }

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
