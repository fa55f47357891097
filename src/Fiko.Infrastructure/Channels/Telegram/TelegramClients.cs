using System.Text.RegularExpressions;
using Telegram.Bot;

namespace Fiko.Infrastructure.Channels.Telegram;

/// <summary>Makes a client for a bot: one shared pool of connections, no waiting and no retrying of its own.</summary>
internal sealed partial class TelegramClients(IHttpClientFactory http, ITelegramEndpoint endpoint)
{
    public const string HttpClientName = "telegram";

    public static bool IsToken(string? token) => token is not null && TokenForm().IsMatch(token);

    /// <exception cref="ArgumentException">The token has not even the form of one.</exception>
    public ITelegramBotClient For(string token) => new TelegramBotClient(OptionsFor(token), http.CreateClient(HttpClientName));

    /// <summary>Asks for a file's bytes; its headers are there when this returns, its content is still to be read.</summary>
    public async Task<HttpResponseMessage> DownloadAsync(string token, string path, CancellationToken ct)
    {
        var safe = string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{OptionsFor(token).BaseFileUrl}/{safe}"));
        using var client = http.CreateClient(HttpClientName);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
    }

    // The package checks little: a token of another form could change the path that is called.
    private TelegramBotClientOptions OptionsFor(string token) => IsToken(token)
        ? new TelegramBotClientOptions(token, endpoint.BaseUrl) { RetryThreshold = 0, RetryCount = 1 }
        : throw new ArgumentException("Not a bot token", nameof(token));

    [GeneratedRegex(@"^[0-9]{5,16}:[A-Za-z0-9_-]{20,}\z")]
    private static partial Regex TokenForm();
}
