using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Fiko.Application.Channels;
using Fiko.Application.Messaging;
using Fiko.Infrastructure.Channels.Telegram;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NSubstitute;

namespace Fiko.UnitTests.Channels.Telegram;

/// <summary>A Bot API on a bare socket, because it must also break connections; the real client and handler talk to it.</summary>
internal sealed class TelegramFake : IAsyncDisposable, ITelegramEndpoint
{
    public const string Token = "123456789:AAabcdefghijklmnopqrstuvwxyz_-12345";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<(string Path, string Body)> _news = Channel.CreateUnbounded<(string Path, string Body)>();
    private readonly Task _accepting;

    public TelegramFake()
    {
        _listener.Start();
        BaseUrl = $"http://{_listener.LocalEndpoint}";
        _accepting = AcceptAsync();
    }

    /// <summary>All that was logged, at every level.</summary>
    public WrittenLog Log { get; } = new();

    public string? BaseUrl { get; set; }

    public bool TakesHttpWebhooks { get; set; }

    /// <summary>Null closes the connection.</summary>
    public Func<string, string?> Answer { get; set; } = _ => Json(200, """{"ok":true,"result":{"message_id":77,"date":1760000000,"chat":{"id":42,"type":"private"}}}""");

    /// <summary>Closes before anything is read.</summary>
    public bool HangsUp { get; set; }

    /// <summary>Reads and never answers.</summary>
    public bool IsSilent { get; set; }

    public ConcurrentQueue<(string Path, string Body)> Requests { get; } = [];

    public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>When somebody would wait for an answer no longer.</summary>
    public TaskCompletionSource HungUp { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ServiceProvider Build(TimeProvider time, Action<IServiceCollection>? more = null, Dictionary<string, string?>? settings = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        services.AddSingleton(time);
        services.AddSingleton<ITelegramEndpoint>(this);
        services.AddSingleton(Substitute.For<IHostApplicationLifetime>());
        services.AddOptions<DeliveryOptions>();
        more?.Invoke(services);
        services.AddTelegramChannel(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        return services.BuildServiceProvider();
    }

    /// <summary>The next request that was not awaited yet.</summary>
    public ValueTask<(string Path, string Body)> NextAsync() => _news.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public static string Ok(string result = "true") => Json(200, $$"""{"ok":true,"result":{{result}}}""");

    public static string Error(int code, string description) => Json(code, $$"""{"ok":false,"error_code":{{code}},"description":"{{description}}"}""");

    public static string Json(int status, string body) => Raw(status, "application/json", body);

    public static string Raw(int status, string type, string body) =>
        $"HTTP/1.1 {status} Whatever\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = ServeAsync(client);
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or ObjectDisposedException or SocketException || _stop.IsCancellationRequested)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                while (!HangsUp && await ReadAsync(client.GetStream()) is { } request)
                {
                    if (IsSilent)
                    {
                        Tell(request);
                        await ReadAsync(client.GetStream());
                        HungUp.TrySetResult();
                        return;
                    }

                    // Chosen before it is told: whoever hears of a request may change what the next one gets.
                    var chosen = Answer(request.Path);
                    Tell(request);
                    if (chosen is not { } answer)
                    {
                        return;
                    }

                    await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(answer), _stop.Token);
                }
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The client or the test is gone.
            }
        }
    }

    private void Tell((string Path, string Body) request)
    {
        Requests.Enqueue(request);
        _news.Writer.TryWrite(request);
        Asked.TrySetResult();
    }

    private async Task<(string Path, string Body)?> ReadAsync(NetworkStream stream)
    {
        var bytes = new List<byte>();
        var buffer = new byte[8192];
        while (true)
        {
            var text = Encoding.UTF8.GetString([.. bytes]);
            var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head >= 0 && Missing(text, head) is { } body)
            {
                return (text.Split(' ')[1], body);
            }

            var read = await stream.ReadAsync(buffer, _stop.Token);
            if (read == 0)
            {
                return null;
            }

            bytes.AddRange(buffer.AsSpan(0, read));
        }
    }

    private static string? Missing(string text, int head)
    {
        var body = text[(head + 4)..];
        if (text[..head].Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase))
        {
            return body.EndsWith("0\r\n\r\n", StringComparison.Ordinal)
                ? string.Concat(body.Split("\r\n").Where((_, i) => i % 2 == 1))
                : null;
        }

        var length = text[..head].Split("\r\n").FirstOrDefault(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return length is null || Encoding.UTF8.GetByteCount(body) >= int.Parse(length[15..], System.Globalization.CultureInfo.InvariantCulture) ? body : null;
    }
}

internal sealed class WrittenLog : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        Lines.Enqueue($"{state}");
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{formatter(state, exception)} {exception}");

    public void Dispose()
    {
        // Nothing is held.
    }
}
