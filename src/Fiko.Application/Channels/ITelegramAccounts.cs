using Fiko.Domain.Shared;

namespace Fiko.Application.Channels;

/// <summary>What a bot is called on its platform.</summary>
public sealed record BotAccount(string Id, string Name, string? Username);

/// <summary>The bots themselves, apart from what is said through them (channels.md, 1.1).</summary>
public interface ITelegramAccounts
{
    /// <summary>Whether Telegram would call an address of ours: https, or a stand-in that takes any.</summary>
    bool TakesWebhooksAt(Uri address);

    /// <exception cref="RuleBrokenException"><c>channel_refused</c>, with the platform's reason.</exception>
    Task<BotAccount> CheckAsync(string token, CancellationToken ct);

    /// <exception cref="RuleBrokenException"><c>channel_refused</c>, with the platform's reason.</exception>
    Task RegisterWebhookAsync(string token, Uri url, string secret, CancellationToken ct);

    /// <summary>Updates that wait stay: a bot that is polled from now on gets them.</summary>
    /// <exception cref="RuleBrokenException"><c>channel_refused</c>, with the platform's reason.</exception>
    Task RemoveWebhookAsync(string token, CancellationToken ct);
}
