using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Shared;
using FluentValidation;
using MediatR;

namespace Fiko.Application.Channels;

/// <summary>
/// Renames a channel, switches it off or on, or gives it a new token of the same account (rest.md, Channels). Switched off, the
/// platform brings nothing more, and what waits to be sent waits; switched on, both go on.
/// </summary>
/// <param name="By">An administrator.</param>
/// <param name="Id">Which.</param>
/// <param name="IfMatch">The version that the administrator saw, where that matters.</param>
/// <param name="Fields">What to.</param>
public sealed record ChangeChannel(Caller By, long Id, int? IfMatch, ChannelPatch Fields) : IRequest<ChannelView>;

/// <summary>What may be changed; a field that is left out stays.</summary>
/// <param name="Name">What the workspace calls it; the platform's name changes it no more.</param>
/// <param name="Status"><c>active</c> or <c>disabled</c>.</param>
/// <param name="BotToken">Of the same Telegram bot.</param>
/// <param name="AccessToken">Of the same Instagram account.</param>
public sealed record ChannelPatch(Optional<string?> Name, Optional<string?> Status, Optional<string?> BotToken, Optional<string?> AccessToken)
{
    // A record prints its members; two of these are secrets.
    public override string ToString() => nameof(ChannelPatch);
}

internal sealed class ChangeChannelValidator : AbstractValidator<ChangeChannel>
{
    private const int LongestName = 100;
    private const int LongestBotToken = 256;
    private const int LongestAccessToken = 1000;

    public ChangeChannelValidator()
    {
        RuleFor(c => c.Fields.Name).Must(n => !n.IsSet || n.Value?.Trim() is { Length: > 0 and <= LongestName }).AsInvalidField("name");
        RuleFor(c => c.Fields.Status).Must(s => !s.IsSet || s.Value is "active" or "disabled").AsInvalidField("status");
        RuleFor(c => c.Fields.BotToken).Must(t => !t.IsSet || t.Value?.Trim() is { Length: > 0 and <= LongestBotToken }).AsInvalidField("bot_token");
        RuleFor(c => c.Fields.AccessToken).Must(t => !t.IsSet || t.Value?.Trim() is { Length: > 0 and <= LongestAccessToken }).AsInvalidField("access_token");
    }
}

internal sealed class ChangeChannelHandler(
    IFikoDb db,
    IMediator mediator,
    ITelegramAccounts bots,
    IInstagramAccounts accounts,
    ISecrets secrets,
    IEnumerable<IChannelAccounts> platforms) : IRequestHandler<ChangeChannel, ChannelView>
{
    public async Task<ChannelView> Handle(ChangeChannel change, CancellationToken ct)
    {
        change.By.MustAdminister();
        var before = await db.GetChannelAsync(change.Id, change.By, ct);
        Versions.MustMatch(change.IfMatch, before.Version);
        var token = await CheckTokenAsync(before, change.Fields, ct);
        var update = new UpdateChannel(
            change.By, before.Id, change.IfMatch, change.Fields.Name.Value?.Trim(), change.Fields.Status.Value, token is null ? null : secrets.Seal(token));
        var changed = await mediator.Send(update, ct);

        // Recorded first, and the platform told after: a crash in between is put right by the next change, or the next start.
        if (changed.WasSwitchedOff && platforms.FirstOrDefault(p => p.Source == before.Source) is { } platform)
        {
            await platform.DisconnectAsync(before, CancellationToken.None);
        }
        else if (changed.MustReconnect)
        {
            await mediator.Send(new ReconnectChannel(before.Id), CancellationToken.None);
        }

        return await mediator.Send(new GetChannel(change.By, before.Id), ct);
    }

    // The platform vouches for it before anything is changed; a channel's chats belong to its account.
    private async Task<string?> CheckTokenAsync(ChannelAccount channel, ChannelPatch patch, CancellationToken ct)
    {
        var (field, token) = patch.BotToken.Value is { } bot ? ("bot_token", bot.Trim()) : ("access_token", patch.AccessToken.Value?.Trim());
        if (token is null)
        {
            return null;
        }

        var id = (channel.Source, field) switch
        {
            (ChannelName.Telegram, "bot_token") when !patch.AccessToken.IsSet => (await bots.CheckAsync(token, ct)).Id,
            (ChannelName.Instagram, "access_token") => (await accounts.CheckAsync(token, ct)).Id,
            _ => throw new RuleBrokenException(Rules.InvalidField, Rules.InvalidValue(field), field),
        };
        return id == channel.ExternalId ? token : throw new RuleBrokenException("channel_refused", "This token belongs to another account", field);
    }
}
