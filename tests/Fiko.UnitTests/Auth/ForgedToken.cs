using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Fiko.UnitTests.Auth;

/// <summary>Tokens made by hand, good and bad, without the library that reads them.</summary>
internal static class ForgedToken
{
    public static string Hs256(string payload, string key = AuthWorld.Key) => Signed("""{"alg":"HS256","typ":"JWT"}""", payload, d => HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), d));

    public static string Signed(string header, string payload, Func<byte[], byte[]> sign)
    {
        var signed = $"{Part(header)}.{Part(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
