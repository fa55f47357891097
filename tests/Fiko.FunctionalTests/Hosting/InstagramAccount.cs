using System.Net;
using System.Security.Cryptography;
using System.Text;
using Fiko.Infrastructure.Channels.Instagram;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Hosting;

/// <summary>A workspace whose owner has connected a professional account of the sandbox.</summary>
/// <param name="Server">Where.</param>
/// <param name="Workspace">Whose.</param>
/// <param name="Channel">The channel's id.</param>
/// <param name="Id">The account's number on the platform.</param>
public sealed record InstagramAccount(FikoServer Server, TestWorkspace Workspace, long Channel, string Id)
{
    public const string SignatureHeader = "X-Hub-Signature-256";

    private static long _last = 17_841_500_000_000_000 + RandomNumberGenerator.GetInt32(1_000_000_000);

    public static async Task<InstagramAccount> ConnectAsync(FikoServer server, string? number = null)
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var id = number ?? $"{Interlocked.Increment(ref _last)}";
        var answer = await server.Http.CallAsync(
            HttpMethod.Post, "/api/v1/channels", new { source = "instagram", access_token = $"IGSB{id}-{RandomNumberGenerator.GetHexString(32)}" }, workspace.Owner.Token);
        Assert.True(answer.Status is HttpStatusCode.Created, answer.Text);
        return new InstagramAccount(server, workspace, answer.Json.GetProperty("id").GetInt64(), id);
    }

    /// <summary>What Meta would show for a body.</summary>
    public string Sign(byte[] body)
    {
        var secret = Server.Provider.GetRequiredService<IInstagramEndpoint>().AppSecrets[0];
        return $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body))}";
    }

    public async Task<HttpStatusCode> PostAsync(byte[] body, string? signature)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        return (await Server.Http.CallAsync(
            HttpMethod.Post, "/webhooks/instagram", content, header: signature is null ? null : (SignatureHeader, signature))).Status;
    }

    /// <summary>Signed, as Meta does.</summary>
    public Task<HttpStatusCode> PostAsync(byte[] body) => PostAsync(body, Sign(body));
}
