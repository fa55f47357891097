using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Fiko.Infrastructure.Channels.Instagram;

/// <summary>How Instagram is reached, and how it proves itself (section <c>Instagram</c>).</summary>
public sealed class InstagramOptions : IValidatableObject
{
    public const string Section = "Instagram";

    /// <summary>Another Graph server than the vendor's own. A path is kept: the version and the call come after it.</summary>
    public string? GraphBaseUrl { get; set; }

    /// <summary>The path segment of the version; Meta keeps each for about two years.</summary>
    [RegularExpression(@"^v[0-9]{1,3}\.[0-9]\z", ErrorMessage = "Instagram:ApiVersion must look like v25.0")]
    public string ApiVersion { get; set; } = "v25.0";

    /// <summary>Which login the accounts were connected with: it decides the host, the path and whether tokens are renewed.</summary>
    public InstagramLogin Login { get; set; }

    /// <summary>What Meta signs its webhooks with. Without one every webhook is refused.</summary>
    public string? AppSecret { get; set; }

    /// <summary>A second secret that is believed too, while the first is being changed.</summary>
    public string? SecondAppSecret { get; set; }

    /// <summary>What Meta must show when the callback's address is registered in the app's dashboard.</summary>
    public string? VerifyToken { get; set; }

    /// <summary>Whether Meta granted the Human Agent feature: answers between 24 hours and 7 days after the customer's last message.</summary>
    public bool HumanAgent { get; set; } = true;

    /// <summary>How long a call about the account itself may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan SetupTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long fetching one file of a customer's may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:30:00")]
    public TimeSpan DownloadTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How many messages one chat gets at once before <see cref="ChatEvery"/> holds. Meta names no number; nobody answers one customer faster.</summary>
    [Range(1, 1000)]
    public int ChatBurst { get; set; } = 10;

    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan ChatEvery { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// How many messages an account sends at once, over all chats, before <see cref="AccountEvery"/> holds: Meta takes a hundred texts
    /// a second and ten sounds or films (developers.facebook.com/docs/instagram-platform/overview).
    /// </summary>
    [Range(1, 10_000)]
    public int AccountBurst { get; set; } = 10;

    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan AccountEvery { get; set; } = TimeSpan.FromMilliseconds(20);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrWhiteSpace(GraphBaseUrl)
            && !(Uri.TryCreate(GraphBaseUrl, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            yield return new ValidationResult(
                "Instagram:GraphBaseUrl must be an absolute http or https address, such as https://graph.instagram.com, or be left out", [nameof(GraphBaseUrl)]);
        }
    }
}

/// <summary>Meta's two ways to connect a professional account (developers.facebook.com/docs/instagram-platform/overview).</summary>
public enum InstagramLogin
{
    /// <summary>Instagram API with Instagram Login: graph.instagram.com, a token of 60 days that is renewed.</summary>
    Instagram,

    /// <summary>Messenger Platform for Instagram (Facebook Login): graph.facebook.com, a page's token.</summary>
    Facebook,
}

/// <summary>Where the Graph API stands, and what its webhooks show. Asked at every call: a stand-in inside this server has its address only after the start.</summary>
public interface IInstagramEndpoint
{
    /// <summary>Without a slash at the end; null for the vendor's own server.</summary>
    string? GraphBaseUrl { get; }

    /// <summary>The secrets of which one must have signed a webhook; empty where none is set, and then none is believed.</summary>
    IReadOnlyList<string> AppSecrets { get; }

    /// <summary>Null where none is set: then the callback can't be registered.</summary>
    string? VerifyToken { get; }
}

internal sealed class ConfiguredInstagramEndpoint(IOptions<InstagramOptions> options) : IInstagramEndpoint
{
    public string? GraphBaseUrl => string.IsNullOrWhiteSpace(options.Value.GraphBaseUrl) ? null : options.Value.GraphBaseUrl.TrimEnd('/');

    public IReadOnlyList<string> AppSecrets =>
        [.. new[] { options.Value.AppSecret, options.Value.SecondAppSecret }.Where(s => !string.IsNullOrWhiteSpace(s)).Select(s => s!)];

    public string? VerifyToken => string.IsNullOrWhiteSpace(options.Value.VerifyToken) ? null : options.Value.VerifyToken;
}
