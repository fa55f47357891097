using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Shared;
using FluentValidation;
using MediatR;

namespace Fiko.Application.Channels;

/// <summary>
/// Connects a professional account: Instagram vouches for the token, it is kept, and the account's webhooks are asked for. An
/// account that this workspace has already gets the new token: that is how one whose token has ended comes back.
/// </summary>
/// <param name="By">Who.</param>
/// <param name="AccessToken">A long-lived one.</param>
/// <param name="InstagramUserId">Where given, the account that the token must belong to.</param>
public sealed record ConnectInstagram(Caller By, string? AccessToken, string? InstagramUserId = null) : IRequest<ChannelView>
{
    // A record prints its members; one of these is a secret.
    public override string ToString() => nameof(ConnectInstagram);
}

internal sealed class ConnectInstagramValidator : AbstractValidator<ConnectInstagram>
{
    public ConnectInstagramValidator()
    {
        RuleFor(c => c.AccessToken).NotEmpty().MaximumLength(1000).AsInvalidField("access_token");
        RuleFor(c => c.InstagramUserId).MaximumLength(64).AsInvalidField("instagram_user_id");
    }
}

internal sealed class ConnectInstagramHandler(IMediator mediator, IInstagramAccounts accounts, ISecrets secrets) : IRequestHandler<ConnectInstagram, ChannelView>
{
    public async Task<ChannelView> Handle(ConnectInstagram connect, CancellationToken ct)
    {
        connect.By.MustAdminister();
        var token = connect.AccessToken!.Trim();
        var account = await accounts.CheckAsync(token, ct);
        if (connect.InstagramUserId?.Trim() is { Length: > 0 } expected && expected != account.Id)
        {
            throw new RuleBrokenException("channel_refused", "This token belongs to another account", "instagram_user_id");
        }

        var kept = await mediator.Send(new KeepInstagram(connect.By, account, secrets.Seal(token)), ct);
        try
        {
            await accounts.SubscribeAsync(token, account.Id, ct);
        }
        catch (RuleBrokenException refused)
        {
            // Refused to the caller, so that nothing new may stay; what was there before says what is wrong with it.
            if (kept.IsNew)
            {
                await mediator.Send(new ForgetChannel(connect.By, kept.Id), CancellationToken.None);
            }
            else
            {
                await mediator.Send(new NoteChannelHealth(kept.Id, refused.Message), CancellationToken.None);
            }

            throw;
        }

        return await mediator.Send(new GetChannel(connect.By, kept.Id), ct);
    }
}
