using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fiko.Infrastructure.Auth;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Fiko.FunctionalTests.Hosting;

/// <summary>Tokens that the server did not issue, signed with its key unless another is given.</summary>
public static class HandmadeToken
{
    public static string Sign(FikoServer server, object claims, string? key = null)
    {
        key ??= server.Provider.GetRequiredService<IOptions<JwtOptions>>().Value.SigningKey!;
        var signed = $"{Part("""{"alg":"HS256","typ":"JWT"}""")}.{Part(JsonSerializer.Serialize(claims))}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>Seconds since 1970, as claims write times.</summary>
    public static long In(this FikoServer server, TimeSpan time) =>
        (server.Provider.GetRequiredService<TimeProvider>().GetUtcNow() + time).ToUnixTimeSeconds();

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
