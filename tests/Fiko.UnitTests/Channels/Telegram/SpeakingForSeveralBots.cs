using Fiko.Application.Channels;
using Fiko.Infrastructure.Channels;
using Fiko.Infrastructure.Channels.Telegram;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NSubstitute;

namespace Fiko.UnitTests.Channels.Telegram;

public sealed class SpeakingForSeveralBots : IAsyncLifetime
{
    private const string Second = "987654321:BBabcdefghijklmnopqrstuvwxyz_-12345";

    private readonly BotWorld _world = new();

    public async ValueTask InitializeAsync()
    {
        await _world.PrepareAsync();
        _world.Telegram.Answer = path => path.EndsWith("/getMe", StringComparison.Ordinal)
            ? TelegramFake.Ok(path.Contains(Second, StringComparison.Ordinal)
                ? """{"id":987654321,"is_bot":true,"first_name":"Workshop"}"""
                : """{"id":123456789,"is_bot":true,"first_name":"Shop"}""")
            : TelegramFake.Ok();
        await _world.AskAsync(new ConnectTelegram(_world.Admin, TelegramFake.Token));
        await _world.AskAsync(new ConnectTelegram(_world.Admin, Second));
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_workspace_has_each_under_its_own_name_address_and_secret()
    {
        var channels = (await _world.AskAsync(new ListChannels(_world.Admin, new()))).Items;

        Assert.Equal(["Shop", "Workshop"], channels.Select(c => c.Name));
        Assert.Equal(2, channels.Select(c => c.WebhookUrl).Distinct().Count());
        Assert.Equal(2, _world.Telegram.Requests.Where(r => r.Path.EndsWith("setWebhook", StringComparison.Ordinal)).Select(r => SecretIn(r.Body)).Distinct().Count());
    }

    [Fact]
    public async Task Each_speaks_with_its_own_token_even_to_the_same_person()
    {
        var channel = _world.Services.GetServices<IChannel>().OfType<TelegramChannel>().Single();
        _world.Telegram.Answer = path => TelegramFake.Ok(path.Contains(Second, StringComparison.Ordinal) ? """{"message_id":2}""" : """{"message_id":1}""");
        _world.Telegram.Requests.Clear();

        var sent = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => channel.SendAsync(
            new ChannelConnection(i % 2, i % 2 == 0 ? TelegramFake.Token : Second), new OutgoingPart("42", "hi"), TestContext.Current.CancellationToken)));

        Assert.Equal(Enumerable.Range(0, 20).Select(i => new SendOutcome.Sent(i % 2 == 0 ? "1" : "2")), sent.Cast<SendOutcome.Sent>());
        Assert.Equal(10, _world.Telegram.Requests.Count(r => r.Path == $"/bot{Second}/sendMessage"));
    }

    [Fact]
    public async Task At_a_start_each_is_told_where_its_updates_go_although_another_fails()
    {
        for (var connecting = 0; connecting < 4; connecting++)
        {
            await _world.Telegram.NextAsync();
        }

        _world.Telegram.Answer = path => path.Contains(Second, StringComparison.Ordinal) ? BotWorld.Friendly(path) : TelegramFake.Error(401, "Unauthorized");
        _world.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Returns(new CancellationToken(canceled: true));
        using var registration = _world.Services.GetServices<IHostedService>().OfType<ChannelRegistration>().Single();

        await registration.StartAsync(TestContext.Current.CancellationToken);

        while ((await _world.Telegram.NextAsync()).Path != $"/bot{Second}/setWebhook")
        {
            // The checks of both.
        }

        await registration.StopAsync(CancellationToken.None);
    }

    private static string SecretIn(string body) => System.Text.Json.Nodes.JsonNode.Parse(body)!["secret_token"]!.GetValue<string>();
}
