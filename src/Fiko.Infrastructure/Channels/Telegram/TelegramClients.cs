using System.Text.RegularExpressions;
using Telegram.Bot;

namespace Fiko.Infrastructure.Channels.Telegram;

/// <summary>Makes a client for a bot: one shared pool of connections, no waiting and no retrying of its own.</summary>
internal sealed partial class TelegramClients(IHttpClientFactory http, ITelegramEndpoint endpoint)
{
    public const string HttpClientName = "telegram";

    public static bool IsToken(string? token) => token is not null && TokenForm().IsMatch(token);

    /// <exception cref="ArgumentException">The token has not even the form of one.</exception>
    public ITelegramBotClient For(string token)
    {
        // The package checks little: a token of another form could change the path that is called.
        if (!IsToken(token))
        {
            throw new ArgumentException("Not a bot token", nameof(token));
        }

        var options = new TelegramBotClientOptions(token, endpoint.BaseUrl) { RetryThreshold = 0, RetryCount = 1 };
        return new TelegramBotClient(options, http.CreateClient(HttpClientName));
    }

    [GeneratedRegex(@"^[0-9]{5,16}:[A-Za-z0-9_-]{20,}\z")]
    private static partial Regex TokenForm();
}
