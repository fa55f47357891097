using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Fiko.Application.Channels;
using Fiko.Domain.Channels;
using Microsoft.Extensions.Logging;

namespace Fiko.Infrastructure.Channels.Instagram;

/// <summary>What Instagram shows to be believed, and what its webhooks hold (developers.facebook.com/docs/graph-api/webhooks/getting-started).</summary>
public sealed class InstagramWebhooks(IInstagramEndpoint endpoint, ILogger<InstagramWebhooks> log)
{
    private const string Prefix = "sha256=";

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    private int _hasWarned;

    /// <summary>Whether whoever registers the callback knows the verify token.</summary>
    public bool MayRegister(string? mode, string? verifyToken) =>
        mode is "subscribe" && verifyToken is not null && endpoint.VerifyToken is { } expected
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(expected)), SHA256.HashData(Encoding.UTF8.GetBytes(verifyToken)));

    /// <summary>Whether a body was signed with a secret of the app. Over the bytes as they came: written anew they would be others.</summary>
    /// <param name="body">The raw body.</param>
    /// <param name="signature">The header <c>X-Hub-Signature-256</c>.</param>
    public bool Proves(ReadOnlySpan<byte> body, string? signature)
    {
        var secrets = endpoint.AppSecrets;
        if (secrets.Count == 0 && Interlocked.Exchange(ref _hasWarned, 1) == 0)
        {
            log.NoAppSecret();
        }

        if (signature is null
            || !signature.StartsWith(Prefix, StringComparison.Ordinal)
            || signature.Length != Prefix.Length + (2 * SHA256.HashSizeInBytes)
            || signature.AsSpan(Prefix.Length).ContainsAnyExcept(Hex))
        {
            return false;
        }

        var presented = Convert.FromHexString(signature.AsSpan(Prefix.Length));
        Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes];
        var proves = false;
        foreach (var secret in secrets)
        {
            // All are tried, so that the time does not tell which it was.
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body, expected);
            proves |= CryptographicOperations.FixedTimeEquals(expected, presented);
        }

        return proves;
    }

    /// <summary>What a signed body asks to be stored: its items, each by itself, and the body where not all of it could be read.</summary>
    public AcceptUpdates Read(ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body);
        string? odd = null;
        using var document = JsonText.TryParse(text);
        PushedUpdate[] updates = document is null ? [] :
        [
            .. InstagramEnvelope.Items(document.RootElement, reason => odd ??= reason).Select(found =>
            {
                var identity = InstagramIdentity.Of(found.Item);
                return new PushedUpdate(found.Item.Account, identity.Key, identity.Lane, found.Stored());
            }),
        ];
        odd = document is null ? "Not JSON" : odd;
        if (odd is not null)
        {
            log.StrayWebhook();
        }

        return new AcceptUpdates(ChannelName.Instagram, updates, odd is null ? null : new StrayBody(text, odd));
    }
}
