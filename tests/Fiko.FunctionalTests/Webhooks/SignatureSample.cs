using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Fiko.FunctionalTests.Webhooks;

/// <summary>How a receiver proves a call; the page on webhooks shows this file.</summary>
internal static class SignatureSample
{
    private static readonly TimeSpan MostAge = TimeSpan.FromMinutes(5);

    /// <param name="header">Fiko-Signature: "t=1700000000,v1=…", with a second "v1=…" while a secret is being changed.</param>
    /// <param name="body">The bytes as they came, before anything reads them as JSON.</param>
    /// <param name="secret">The whole of it, with "whsec_".</param>
    /// <param name="now">The receiver's clock.</param>
    public static bool IsGenuine(string header, byte[] body, string secret, DateTimeOffset now)
    {
        var fields = header.Split(',').Select(field => field.Split('=', 2)).ToLookup(field => field[0], field => field[^1]);
        if (!long.TryParse(fields["t"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > MostAge)
        {
            return false;
        }

        byte[] signed = [.. Encoding.ASCII.GetBytes($"{seconds}."), .. body];
        var expected = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed)));
        return fields["v1"].Any(code => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(code), expected));
    }
}
