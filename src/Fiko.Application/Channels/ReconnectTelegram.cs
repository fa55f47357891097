using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Shared;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Fiko.Application.Channels;

/// <summary>
/// Asks Telegram about a connected bot and tells it once more where to bring the updates: at every start, because the server's
/// address or keys may be others since. What comes of it is the channel's status.
/// </summary>
/// <returns>True where the bot works.</returns>
public sealed record ReconnectTelegram(long ChannelId) : IRequest<bool>;

/// <summary>The Telegram channels of this server that are not switched off.</summary>
public sealed record ListTelegramChannels : IRequest<IReadOnlyList<long>>;

internal sealed class ListTelegramChannelsHandler(IFikoDb db) : IRequestHandler<ListTelegramChannels, IReadOnlyList<long>>
{
    public async Task<IReadOnlyList<long>> Handle(ListTelegramChannels list, CancellationToken ct) =>
        await db.Channels.Where(c => c.Source == ChannelName.Telegram && c.RemovedAt == null && c.Status != ChannelStatus.Disabled)
            .OrderBy(c => c.Id)
            .Select(c => c.Id)
            .ToListAsync(ct);
}

internal sealed class ReconnectTelegramHandler(IFikoDb db, IMediator mediator, ITelegramAccounts bots, ISecrets secrets, IOptions<PublicUrlOptions> address)
    : IRequestHandler<ReconnectTelegram, bool>
{
    public async Task<bool> Handle(ReconnectTelegram reconnect, CancellationToken ct)
    {
        var channel = await db.Channels.AsNoTracking().SingleOrDefaultAsync(
            c => c.Id == reconnect.ChannelId && c.Source == ChannelName.Telegram && c.RemovedAt == null && c.Status != ChannelStatus.Disabled, ct);
        if (channel is null)
        {
            // Removed meanwhile: nothing is left to be put right.
            return true;
        }

        var trouble = await TryAsync(channel, ct);
        await mediator.Send(new NoteChannelHealth(channel.Id, trouble), ct);
        return trouble is null;
    }

    private async Task<string?> TryAsync(ChannelAccount channel, CancellationToken ct)
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
