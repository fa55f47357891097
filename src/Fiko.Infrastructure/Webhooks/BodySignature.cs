using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Fiko.Infrastructure.Webhooks;

/// <summary>
/// How a receiver knows that we sent a body, and when: <c>t=1700000000,v1=hex</c>, an HMAC-SHA256 over the time, a dot and the
/// body. While a secret is being changed there is one for each.
/// </summary>
internal static class BodySignature
{
    public const string Header = "Fiko-Signature";

    public static string Of(byte[] body, DateTimeOffset at, IEnumerable<string> secrets)
    {
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{seconds}."), .. body];
        var codes = secrets.Select(secret => $",v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}");
        return $"t={seconds}{string.Concat(codes)}";
    }
}
