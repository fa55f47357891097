using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Shared;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.Options;

namespace Fiko.Application.Channels;

/// <summary>Connects a bot: Telegram vouches for it, it is kept, and Telegram is told where to bring its updates, or is asked for them.</summary>
public sealed record ConnectTelegram(Caller By, string? BotToken) : IRequest<ChannelView>
{
    // A record prints its members; this one's is a secret.
    public override string ToString() => nameof(ConnectTelegram);
}

internal sealed class ConnectTelegramValidator : AbstractValidator<ConnectTelegram>
{
    public ConnectTelegramValidator() => RuleFor(c => c.BotToken).NotEmpty().MaximumLength(256).AsInvalidField("bot_token");
}

internal sealed class ConnectTelegramHandler(IMediator mediator, ITelegramAccounts bots, ISecrets secrets, IOptions<PublicUrlOptions> address)
    : IRequestHandler<ConnectTelegram, ChannelView>
{
    public async Task<ChannelView> Handle(ConnectTelegram connect, CancellationToken ct)
    {
        connect.By.MustAdminister();
        var token = connect.BotToken!.Trim();
        var account = await bots.CheckAsync(token, ct);
        var secret = NewSecret.Create();
        var polls = !bots.TakesWebhooksAt(address.Value.WebhookOf(ChannelName.Telegram, 0));
        var id = await mediator.Send(
            new AddChannel(connect.By, ChannelName.Telegram, account, secrets.Seal(token), secrets.Seal(secret), polls), ct);
        try
        {
            await (polls ? bots.RemoveWebhookAsync(token, ct) : bots.RegisterWebhookAsync(token, address.Value.WebhookOf(ChannelName.Telegram, id), secret, ct));
        }
        catch (RuleBrokenException)
        {
            // Refused to the caller, so that nothing of it may stay. After a crash here it stays, and the next start registers it.
            await mediator.Send(new ForgetChannel(connect.By, id), CancellationToken.None);
            throw;
        }

        return await mediator.Send(new GetChannel(connect.By, id), ct);
    }
}
