using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Shared;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Channels;

/// <summary>Connected professional accounts. Their webhooks all come to one address, which stands in the app's dashboard at Meta.</summary>
public sealed class InstagramConnection(IMediator mediator, IInstagramAccounts accounts, ISecrets secrets) : IChannelAccounts
{
    public string Source => ChannelName.Instagram;

    public async Task<string?> ReconnectAsync(ChannelAccount channel, CancellationToken ct)
    {
        if (channel.SealedToken is null || secrets.Open(channel.SealedToken) is not { } token)
        {
            return "The access token can't be read with this server's keys: connect the account again";
        }

        try
        {
            var account = await accounts.CheckAsync(token, ct);
            if (account.Id != channel.ExternalId)
            {
                return "The access token belongs to another account: connect the account again";
            }

            if (!channel.IsCalled(account.Name, account.Username))
            {
                await mediator.Send(new RenameChannel(channel.Id, account.Name, account.Username), ct);
            }

            await accounts.SubscribeAsync(token, account.Id, ct);
            return null;
        }
        catch (RuleBrokenException refused)
        {
            return refused.Message;
        }
    }

    public async Task DisconnectAsync(ChannelAccount channel, CancellationToken ct)
    {
        if (channel is not { SealedToken: { } kept, ExternalId: { } id } || secrets.Open(kept) is not { } token)
        {
            return;
        }

        try
        {
            await accounts.UnsubscribeAsync(token, id, ct);
        }
        catch (RuleBrokenException)
        {
            // A token that has ended or a platform that is down must not keep the channel: what comes for a removed one is dropped.
        }
    }
}

internal sealed record RenameChannel(long ChannelId, string Name, string? Username) : ICommand<Unit>;

internal sealed class RenameChannelHandler(IFikoDb db) : IRequestHandler<RenameChannel, Unit>
{
    public async Task<Unit> Handle(RenameChannel rename, CancellationToken ct)
    {
        if (await db.Channels.SingleOrDefaultAsync(c => c.Id == rename.ChannelId && c.RemovedAt == null, ct) is { } channel)
        {
            channel.Rename(rename.Name, rename.Username);
            await db.SaveChangesAsync(ct);
        }

        return Unit.Value;
    }
}
