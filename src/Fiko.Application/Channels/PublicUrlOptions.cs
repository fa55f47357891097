namespace Fiko.Application.Channels;

/// <summary>Where the world reaches this server (key <c>PublicUrl</c>).</summary>
public sealed class PublicUrlOptions
{
    public const string Key = "PublicUrl";

    public string Url { get; set; } = "http://localhost:8000";

    public bool IsAddress => Uri.TryCreate(Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";

    public Uri WebhookOf(string source, long channelId) => new($"{Url.TrimEnd('/')}/webhooks/{source}/{channelId}");
}
