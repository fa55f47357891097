using System.Net;
using System.Net.Sockets;
using Fiko.Application.Channels;
using Fiko.Application.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Fiko.UnitTests.Channels.Telegram;

public sealed class LosingTheConnectionToTelegram : IAsyncLifetime
{
    private static readonly ChannelConnection Bot = new(7, TelegramFake.Token);
    private static readonly OutgoingPart Hello = new("42", "hi");

    private readonly TelegramFake _telegram = new();
    private readonly FakeTimeProvider _time = new();
    private readonly ServiceProvider _services;
    private readonly IChannel _channel;

    public LosingTheConnectionToTelegram()
    {
        _services = _telegram.Build(_time);
        _channel = _services.GetRequiredService<IChannel>();
    }

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _telegram.DisposeAsync();
    }

    [Theory]
    [InlineData(502, "text/html", "<html>Bad Gateway</html>")]
    [InlineData(200, "text/html", "<html>Welcome to our Wi-Fi</html>")]
    [InlineData(200, "application/json", "{\"ok\":true}")]
    [InlineData(200, "application/json", "null")]
    [InlineData(200, "application/json", "[]")]
    [InlineData(301, "text/html", "")]
    public async Task Nobody_knows_after_an_answer_that_is_not_telegrams(int status, string type, string body)
    {
        _telegram.Answer = _ => TelegramFake.Raw(status, type, body);

        var unknown = Assert.IsType<SendOutcome.Unknown>(await _channel.SendAsync(Bot, Hello, Test));

        AssertFitToBeShown(unknown.Error);
        Assert.Single(_telegram.Requests);
    }

    [Fact]
    public async Task Nobody_knows_after_the_connection_broke_behind_the_request()
    {
        _telegram.Answer = _ => null;

        var unknown = Assert.IsType<SendOutcome.Unknown>(await _channel.SendAsync(Bot, Hello, Test));

        AssertFitToBeShown(unknown.Error);
        Assert.Single(_telegram.Requests);
    }

    [Fact]
    public async Task Nor_when_it_broke_on_a_connection_that_had_served_before()
    {
        await _channel.SendAsync(Bot, Hello, Test);
        _telegram.Answer = _ => null;

        Assert.IsType<SendOutcome.Unknown>(await _channel.SendAsync(Bot, Hello, Test));
        Assert.Equal(2, _telegram.Requests.Count);
    }

    [Fact]
    public async Task Nor_when_it_broke_at_once()
    {
        _telegram.HangsUp = true;

        Assert.IsType<SendOutcome.Unknown>(await _channel.SendAsync(Bot, Hello, Test));
    }

    [Fact]
    public async Task Nor_when_the_answer_stops_in_the_middle()
    {
        _telegram.Answer = _ => "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"ok\":tr";
        var sending = _channel.SendAsync(Bot, Hello, Test);
        await _telegram.Asked.Task.WaitAsync(Test);

        _time.Advance(new DeliveryOptions().SendTimeout);

        Assert.IsType<SendOutcome.Unknown>(await sending);
    }

    [Fact]
    public async Task Nobody_knows_when_no_answer_comes_in_time()
    {
        _telegram.IsSilent = true;
        var sending = _channel.SendAsync(Bot, Hello, Test);
        await _telegram.Asked.Task.WaitAsync(Test);

        _time.Advance(new DeliveryOptions().SendTimeout);

        var unknown = Assert.IsType<SendOutcome.Unknown>(await sending);
        AssertFitToBeShown(unknown.Error);
    }

    [Fact]
    public async Task Nobody_knows_when_our_own_server_stops_behind_the_request()
    {
        _telegram.IsSilent = true;
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Test);
        var sending = _channel.SendAsync(Bot, Hello, stopping.Token);
        await _telegram.Asked.Task.WaitAsync(Test);

        await stopping.CancelAsync();

        Assert.IsType<SendOutcome.Unknown>(await sending);
    }

    [Fact]
    public async Task A_server_that_stops_before_the_request_sends_nothing()
    {
        Assert.IsType<SendOutcome.NotTaken>(await _channel.SendAsync(Bot, Hello, new CancellationToken(canceled: true)));
        Assert.Empty(_telegram.Requests);
    }

    [Fact]
    public async Task Nothing_is_taken_where_nobody_listens()
    {
        _telegram.BaseUrl = $"http://{await FreePortAsync()}";

        Assert.Equal(new SendOutcome.NotTaken("Telegram could not be reached"), await _channel.SendAsync(Bot, Hello, Test));
    }

    [Fact]
    public async Task Nothing_is_taken_where_the_name_is_unknown()
    {
        _telegram.BaseUrl = "http://nowhere.invalid";

        Assert.Equal(new SendOutcome.NotTaken("Telegram could not be reached"), await _channel.SendAsync(Bot, Hello, Test));
    }

    [Fact]
    public async Task Nothing_is_taken_before_tls_is_agreed()
    {
        _telegram.BaseUrl = _telegram.BaseUrl!.Replace("http:", "https:", StringComparison.Ordinal);
        _telegram.HangsUp = true;

        Assert.Equal(new SendOutcome.NotTaken("Telegram could not be reached"), await _channel.SendAsync(Bot, Hello, Test));
    }

    private static void AssertFitToBeShown(string error)
    {
        Assert.DoesNotContain(TelegramFake.Token, error, StringComparison.Ordinal);
        Assert.DoesNotContain("http", error, StringComparison.OrdinalIgnoreCase);
    }

    private static Task<EndPoint> FreePortAsync()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var free = listener.LocalEndpoint;
        listener.Stop();
        return Task.FromResult(free);
    }
}
