using Fiko.Application.Channels;
using Fiko.Infrastructure.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NSubstitute;

namespace Fiko.UnitTests.Channels.Telegram;

public sealed class StartingWithBots : IAsyncLifetime
{
    private readonly BotWorld _world = new();

    public async ValueTask InitializeAsync()
    {
        await _world.PrepareAsync();
        await _world.AskAsync(new ConnectTelegram(_world.Admin, TelegramFake.Token));
        await _world.Telegram.NextAsync();
        await _world.Telegram.NextAsync();
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Each_is_told_once_more_where_its_updates_go_with_the_same_secret()
    {
        var before = _world.Telegram.Requests.Last().Body;
        using var registration = await StartAsync();

        var check = await _world.Telegram.NextAsync();
        var told = await _world.Telegram.NextAsync();

        Assert.EndsWith("/getMe", check.Path, StringComparison.Ordinal);
        Assert.Equal(before, told.Body);
        await registration.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task One_that_fails_is_tried_again()
    {
        _world.Telegram.Answer = _ => TelegramFake.Error(500, "Internal Server Error");
        using var registration = await StartAsync();
        await _world.Telegram.NextAsync();
        _world.Telegram.Answer = BotWorld.Friendly;

        await _world.AdvanceUntilAsync(UntilToldAsync());

        Assert.Equal("setWebhook", _world.Methods()[^1]);
        await registration.StopAsync(CancellationToken.None);
    }

    // Checked first, as often as it takes.
    private async Task UntilToldAsync()
    {
        while (!(await _world.Telegram.NextAsync()).Path.EndsWith("/setWebhook", StringComparison.Ordinal))
        {
        }
    }

    private async Task<ChannelRegistration> StartAsync()
    {
        _world.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Returns(new CancellationToken(canceled: true));
        var registration = _world.Services.GetServices<IHostedService>().OfType<ChannelRegistration>().Single();
        await registration.StartAsync(TestContext.Current.CancellationToken);
        return registration;
    }
}
