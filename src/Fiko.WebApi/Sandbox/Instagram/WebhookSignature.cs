using System.Security.Cryptography;
using System.Text;

namespace Fiko.WebApi.Sandbox.Instagram;

/// <summary>How Meta signs what it posts (developers.facebook.com/docs/graph-api/webhooks/getting-started).</summary>
internal static class WebhookSignature
{
    public const string Header = "X-Hub-Signature-256";

    /// <summary>Over the very bytes that are sent: the same JSON written otherwise has another signature.</summary>
    public static string Of(ReadOnlySpan<byte> body, string appSecret) =>
        $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(appSecret), body))}";
}
