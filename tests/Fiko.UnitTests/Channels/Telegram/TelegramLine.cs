using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fiko.Application.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Fiko.UnitTests.Channels.Telegram;

/// <summary>The real channel in front of a Bot API that the test answers for.</summary>
public abstract class TelegramLine : IAsyncLifetime
{
    private static readonly JsonSerializerOptions AsTyped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ServiceProvider _services;

    protected TelegramLine()
    {
        _services = Telegram.Build(Time);
        Channel = _services.GetRequiredService<IChannel>();
    }

    private protected static ChannelConnection Bot { get; } = new(7, TelegramFake.Token);

    private protected static CancellationToken Test => TestContext.Current.CancellationToken;

    private protected TelegramFake Telegram { get; } = new();

    private protected FakeTimeProvider Time { get; } = new();

    private protected IChannel Channel { get; }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _services.DisposeAsync();
        await Telegram.DisposeAsync();
    }

    /// <summary>Method and body of the only request.</summary>
    private protected (string Method, string Body) Asked()
    {
        var (path, body) = Assert.Single(Telegram.Requests);
        Assert.StartsWith($"/bot{TelegramFake.Token}/", path, StringComparison.Ordinal);
        return (path.Split('/')[^1], body.StartsWith('{') ? Plain(body) : body);
    }

    /// <summary>However its characters are escaped.</summary>
    private protected static string Plain(string json) => JsonNode.Parse(json)!.ToJsonString(AsTyped);
}
