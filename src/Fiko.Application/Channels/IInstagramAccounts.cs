using Fiko.Domain.Shared;

namespace Fiko.Application.Channels;

/// <summary>What a professional account is called on Instagram.</summary>
/// <param name="Id">The number that webhooks name it by; not the one that an app has for it.</param>
/// <param name="Name">Never empty.</param>
/// <param name="Username">Without the @.</param>
public sealed record InstagramAccount(string Id, string Name, string? Username);

/// <param name="Token">The new token. The old one goes on until its own end.</param>
/// <param name="ExpiresAt">Null where the platform did not say.</param>
public sealed record RenewedToken(string Token, DateTimeOffset? ExpiresAt)
{
    // A record prints its members; one of these is a secret.
    public override string ToString() => nameof(RenewedToken);
}

/// <summary>The professional accounts themselves, apart from what is said through them (developers.facebook.com/docs/instagram-platform).</summary>
public interface IInstagramAccounts
{
    /// <summary>Whether the tokens end and can be renewed: those of Instagram Login do, a page's do not.</summary>
    bool RenewsTokens { get; }

    /// <exception cref="RuleBrokenException"><c>channel_refused</c>, with the platform's reason.</exception>
    Task<InstagramAccount> CheckAsync(string token, CancellationToken ct);

    /// <summary>Asks for the account's webhooks. Where they go is a setting of the app, in Meta's dashboard.</summary>
    /// <exception cref="RuleBrokenException"><c>channel_refused</c>, with the platform's reason.</exception>
    Task SubscribeAsync(string token, string accountId, CancellationToken ct);

    /// <exception cref="RuleBrokenException"><c>channel_refused</c>, with the platform's reason.</exception>
    Task UnsubscribeAsync(string token, string accountId, CancellationToken ct);

    /// <exception cref="RuleBrokenException"><c>channel_refused</c>, with the platform's reason.</exception>
    Task<RenewedToken> RenewAsync(string token, CancellationToken ct);
}
