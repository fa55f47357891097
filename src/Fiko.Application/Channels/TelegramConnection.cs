using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Shared;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Fiko.Application.Channels;

/// <summary>Connected bots: Telegram is told where to bring their updates, or is asked for them (core.telegram.org/bots/api#setwebhook).</summary>
public sealed class TelegramConnection(IMediator mediator, ITelegramAccounts bots, ISecrets secrets, IOptions<PublicUrlOptions> address) : IChannelAccounts
{
    public string Source => ChannelName.Telegram;

    public async Task<string?> ReconnectAsync(ChannelAccount channel, CancellationToken ct)
    {
        if (channel.SealedToken is null || secrets.Open(channel.SealedToken) is not { } token)
        {
            return "The bot token can't be read with this server's keys: connect the bot again";
        }

        try
        {
            await bots.CheckAsync(token, ct);
            var url = address.Value.WebhookOf(channel.Source, channel.Id);
            var polls = !bots.TakesWebhooksAt(url);
            var secret = await SecretAsync(channel, polls, ct);
            await (polls ? bots.RemoveWebhookAsync(token, ct) : bots.RegisterWebhookAsync(token, url, secret, ct));
            return null;
        }
        catch (RuleBrokenException refused)
        {
            return refused.Message;
        }
    }

    public async Task DisconnectAsync(ChannelAccount channel, CancellationToken ct)
    {
        if (channel is not { Polls: false, SealedToken: { } kept } || secrets.Open(kept) is not { } token)
        {
            return;
        }

        try
        {
            await bots.RemoveWebhookAsync(token, ct);
        }
        catch (RuleBrokenException)
        {
            // A revoked token or a platform that is down must not keep the channel: calls to a removed one are refused.
        }
    }

    // Kept before it is told: a call that comes at once must find it.
    private async Task<string> SecretAsync(ChannelAccount channel, bool polls, CancellationToken ct)
    {
        var secret = channel.SealedSecret is null ? null : secrets.Open(channel.SealedSecret);
        if (secret is null || polls != channel.Polls)
        {
            secret ??= NewSecret.Create();
            await mediator.Send(new RearmChannel(channel.Id, secrets.Seal(secret), polls), ct);
        }

        return secret;
    }
}

internal sealed record RearmChannel(long ChannelId, string SealedSecret, bool Polls) : ICommand<Unit>;

internal sealed class RearmChannelHandler(IFikoDb db) : IRequestHandler<RearmChannel, Unit>
{
    public async Task<Unit> Handle(RearmChannel rearm, CancellationToken ct)
    {
        if (await db.Channels.SingleOrDefaultAsync(c => c.Id == rearm.ChannelId && c.RemovedAt == null, ct) is { } channel)
        {
            channel.Arm(channel.SealedToken, rearm.SealedSecret, rearm.Polls);
            await db.SaveChangesAsync(ct);
        }

        return Unit.Value;
    }
}
