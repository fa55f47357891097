using System.Net;
using Fiko.Application.Shared;
using Fiko.FunctionalTests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Attachments;

public sealed class GrowingOld : IAsyncLifetime
{
    private readonly ClockedServer _server = new();

    public GrowingOld()
    {
        _server.Settings["Files:MaxUnusedUploads"] = "2";
        _server.Settings["Files:UnusedAfter"] = "00:02:00";
    }

    [Fact]
    public async Task A_link_ends()
    {
        var agent = (await TestWorkspace.CreateAsync(_server, agents: 1)).Owner;
        var url = (await _server.UploadedAsync(agent, SomeFile.Png())).GetProperty("url").GetString()!;

        _server.Clock.Advance(TimeSpan.FromMinutes(12));
        using var late = await _server.GetFileAsync(url);

        Assert.Equal(HttpStatusCode.Unauthorized, late.StatusCode);
    }

    [Fact]
    public async Task Uploads_that_nobody_sends_are_bounded_and_go_after_a_while()
    {
        var agent = (await TestWorkspace.CreateAsync(_server, agents: 1)).Owner;
        await _server.UploadedAsync(agent, SomeFile.Png());
        await _server.UploadedAsync(agent, SomeFile.Png());
        var folder = new DirectoryInfo(Path.Combine(_server.DataFolder, "files"));

        var third = await _server.UploadAsync(agent, SomeFile.Png());
        Assert.Equal((HttpStatusCode.TooManyRequests, "too_many_uploads"), (third.Status, third.Json.GetProperty("code").GetString()));
        Assert.Equal(2, folder.GetFiles("*", SearchOption.AllDirectories).Length);

        _server.Clock.Advance(TimeSpan.FromSeconds(110));
        Assert.Equal(2, await CountAsync());

        _server.Clock.Advance(TimeSpan.FromSeconds(20));
        await Eventually.SeesAsync(
            async () =>
            {
                _server.Clock.Advance(TimeSpan.FromSeconds(5));
                return await CountAsync() + folder.GetFiles("*", SearchOption.AllDirectories).Length;
            },
            left => left == 0,
            "neither rows nor bytes");
    }

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task<int> CountAsync()
    {
        await using var scope = _server.Provider.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IFikoDb>().Attachments.CountAsync();
    }
}
