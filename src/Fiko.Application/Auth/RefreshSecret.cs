using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Fiko.Application.Auth;

/// <summary>The text of a refresh token: 32 random bytes that mean nothing. Only its hash is kept.</summary>
internal static class RefreshSecret
{
    private const int Bytes = 32;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    // A plain hash is enough: the secret has 256 random bits, so there is nothing to guess at.
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
