using Fiko.Infrastructure.Channels.Telegram;
using Microsoft.Extensions.Options;

namespace Fiko.WebApi.Sandbox;

/// <summary>Points Telegram.Bot at the sandbox of this very server, unless another Bot API server is configured.</summary>
internal sealed class SandboxTelegramEndpoint(IOptions<TelegramOptions> telegram, IOptions<SandboxOptions> sandbox, SandboxAddress address) : ITelegramEndpoint
{
    public string? BaseUrl => IsConfigured ? telegram.Value.ApiBaseUrl : sandbox.Value.Enabled ? address.Http?.ToString() : null;

    public bool TakesHttpWebhooks => IsConfigured ? telegram.Value.HttpWebhooks : sandbox.Value.Enabled;

    private bool IsConfigured => !string.IsNullOrWhiteSpace(telegram.Value.ApiBaseUrl);
}
