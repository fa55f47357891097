using System.Globalization;
using Fiko.Application.Channels;
using Fiko.Domain.Shared;
using Microsoft.Extensions.Options;
using Telegram.Bot;
using Telegram.Bot.Exceptions;

namespace Fiko.Infrastructure.Channels.Telegram;

/// <summary>getMe, setWebhook and deleteWebhook, with refusals in Telegram's words.</summary>
internal sealed class TelegramAccounts(TelegramClients clients, ITelegramEndpoint endpoint, IOptions<TelegramOptions> options, TimeProvider time)
    : ITelegramAccounts
{
    private const int LongestName = 200;

    public bool TakesWebhooksAt(Uri address) => address.Scheme == Uri.UriSchemeHttps || endpoint.TakesHttpWebhooks;

    public async Task<BotAccount> CheckAsync(string token, CancellationToken ct)
    {
        var bot = await AskAsync(token, (client, limited) => client.GetMe(limited), ct);
        return new BotAccount(bot.Id.ToString(CultureInfo.InvariantCulture), TelegramContent.Cut(bot.FirstName, LongestName), bot.Username);
    }

    public Task RegisterWebhookAsync(string token, Uri url, string secret, CancellationToken ct) => AskAsync(
        token,
        async (client, limited) =>
        {
            await client.SetWebhook(url.ToString(), allowedUpdates: TelegramUpdates.Wanted, secretToken: secret, cancellationToken: limited);
            return true;
        },
        ct);

    public Task RemoveWebhookAsync(string token, CancellationToken ct) => AskAsync(
        token,
        async (client, limited) =>
        {
            await client.DeleteWebhook(cancellationToken: limited);
            return true;
        },
        ct);

    private async Task<TResult> AskAsync<TResult>(string token, Func<ITelegramBotClient, CancellationToken, Task<TResult>> ask, CancellationToken ct)
    {
        if (!TelegramClients.IsToken(token))
        {
            throw Refused("This is not a bot token");
        }

        using var limit = new CancellationTokenSource(options.Value.SetupTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            return await ask(clients.For(token), either.Token);
        }
        catch (ApiRequestException refused)
        {
            throw Refused(TelegramFailures.Reason(refused, token));
        }
        catch (Exception failure) when (failure is RequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            // Not passed on as it is: the package's texts may name the address, and the address holds the token.
            throw Refused("Telegram could not be reached");
        }
    }

    private static RuleBrokenException Refused(string reason) => new("channel_refused", reason, "bot_token");
}
