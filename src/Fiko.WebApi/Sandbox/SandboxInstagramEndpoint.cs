using System.Security.Cryptography;
using Fiko.Infrastructure.Channels.Instagram;
using Microsoft.Extensions.Options;

namespace Fiko.WebApi.Sandbox;

/// <summary>Points the Instagram channel at the sandbox of this very server; what is configured wins, each setting for itself.</summary>
internal sealed class SandboxInstagramEndpoint(IOptions<InstagramOptions> instagram, IOptions<SandboxOptions> sandbox, SandboxAddress address) : IInstagramEndpoint
{
    private readonly string _appSecret = NewSecret();
    private readonly string _verifyToken = NewSecret();

    public string? GraphBaseUrl =>
        !string.IsNullOrWhiteSpace(instagram.Value.GraphBaseUrl) ? instagram.Value.GraphBaseUrl.TrimEnd('/')
        : sandbox.Value.Enabled && address.Http is { } server ? new Uri(server, "sandbox/instagram").ToString()
        : null;

    public IReadOnlyList<string> AppSecrets =>
        new[] { instagram.Value.AppSecret, instagram.Value.SecondAppSecret }.Where(s => !string.IsNullOrWhiteSpace(s)).Select(s => s!).ToArray() is { Length: > 0 } configured
            ? configured
            : sandbox.Value.Enabled ? [_appSecret] : [];

    public string? VerifyToken =>
        !string.IsNullOrWhiteSpace(instagram.Value.VerifyToken) ? instagram.Value.VerifyToken : sandbox.Value.Enabled ? _verifyToken : null;

    // Made at each start: nobody but this process can know it.
    private static string NewSecret() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
