namespace Fiko.Application.Channels;

/// <summary>Where the world reaches this server (key <c>PublicUrl</c>).</summary>
public sealed class PublicUrlOptions
{
    public const string Key = "PublicUrl";

    public string Url { get; set; } = "http://localhost:8000";

    public bool IsAddress => Uri.TryCreate(Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";

    /// <summary>For platforms that call one address for all their accounts.</summary>
    public Uri WebhookOf(string source) => new($"{Url.TrimEnd('/')}/webhooks/{source}");

    public Uri WebhookOf(string source, long channelId) => new($"{Url.TrimEnd('/')}/webhooks/{source}/{channelId}");
}
