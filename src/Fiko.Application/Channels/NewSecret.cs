using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Fiko.Application.Channels;

/// <summary>256 random bits in the letters that a header may hold (channels.md, 1.1).</summary>
internal static class NewSecret
{
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
