using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Fiko.Infrastructure.Channels.Telegram;

/// <summary>How Telegram is reached (section <c>Telegram</c>).</summary>
public sealed class TelegramOptions : IValidatableObject
{
    public const string Section = "Telegram";

    /// <summary>Another Bot API server than api.telegram.org. Only scheme, host and port count.</summary>
    public string? ApiBaseUrl { get; set; }

    /// <summary>Whether that server calls plain http addresses, as a Bot API server of one's own does.</summary>
    public bool HttpWebhooks { get; set; }

    /// <summary>How long a call about the account itself (getMe, setWebhook) may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan SetupTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long Telegram holds a poll open while there is nothing to tell; its server cuts at 50 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:50")]
    public TimeSpan PollTimeout { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>How soon a channel that was connected or removed is noticed by the polling loops.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan PollRefresh { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long fetching a customer's file may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00")]
    public TimeSpan DownloadTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How many messages one chat gets at once before <see cref="ChatEvery"/> holds (core.telegram.org/bots/faq, "My bot is hitting limits").</summary>
    [Range(1, 1000)]
    public int ChatBurst { get; set; } = 5;

    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan ChatEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many messages a bot sends at once, over all chats, before <see cref="AccountEvery"/> holds (there: about 30 a second).</summary>
    [Range(1, 10_000)]
    public int AccountBurst { get; set; } = 30;

    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan AccountEvery { get; set; } = TimeSpan.FromMilliseconds(34);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrWhiteSpace(ApiBaseUrl)
            && !(Uri.TryCreate(ApiBaseUrl, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            yield return new ValidationResult(
                "Telegram:ApiBaseUrl must be an absolute http or https address, such as http://127.0.0.1:8081, or be left out", [nameof(ApiBaseUrl)]);
        }
    }
}

/// <summary>Where the Bot API stands. Asked at every call: a stand-in inside this server has its address only after the start.</summary>
public interface ITelegramEndpoint
{
    /// <summary>Null for Telegram's own server.</summary>
    string? BaseUrl { get; }

    /// <summary>Whether it takes webhooks without TLS; Telegram itself does not.</summary>
    bool TakesHttpWebhooks { get; }
}

internal sealed class ConfiguredTelegramEndpoint(IOptions<TelegramOptions> options) : ITelegramEndpoint
{
    public string? BaseUrl => string.IsNullOrWhiteSpace(options.Value.ApiBaseUrl) ? null : options.Value.ApiBaseUrl;

    public bool TakesHttpWebhooks => options.Value.HttpWebhooks;
}
