using System.Globalization;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Shared;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Channels;

/// <summary>
/// Renews the tokens that will end soon, or nobody knows when. A token may be renewed from its second day on until it ends; after
/// that its owner must log in again (developers.facebook.com/docs/instagram-platform/reference/refresh_access_token).
/// </summary>
public sealed record RenewTokens : IRequest<Unit>;

internal sealed class RenewTokensHandler(IFikoDb db, IMediator mediator, IInstagramAccounts accounts, ISecrets secrets, TimeProvider time)
    : IRequestHandler<RenewTokens, Unit>
{
    private static readonly TimeSpan Youngest = TimeSpan.FromHours(24);
    private static readonly TimeSpan Soon = TimeSpan.FromDays(10);

    public async Task<Unit> Handle(RenewTokens renew, CancellationToken ct)
    {
        if (!accounts.RenewsTokens)
        {
            return Unit.Value;
        }

        var (old, soon) = (time.Now() - Youngest, time.Now() + Soon);
        var due = await db.Channels.AsNoTracking()
            .Where(c => c.Source == ChannelName.Instagram && c.RemovedAt == null && c.Status != ChannelStatus.Disabled && c.SealedToken != null)
            .Where(c => c.TokenIssuedAt == null || c.TokenIssuedAt <= old)
            .Where(c => c.TokenExpiresAt == null || c.TokenExpiresAt < soon)
            .OrderBy(c => c.Id)
            .ToListAsync(ct);
        foreach (var channel in due)
        {
            await mediator.Send(await TryAsync(channel, ct), ct);
        }

        return Unit.Value;
    }

    private async Task<NoteRenewal> TryAsync(ChannelAccount channel, CancellationToken ct)
    {
        if (channel.TokenExpiresAt <= time.Now())
        {
            return Failed(channel, $"The access token ended on {Day(channel.TokenExpiresAt.Value)}: connect the account again");
        }

        if (secrets.Open(channel.SealedToken!) is not { } token)
        {
            return Failed(channel, "The access token can't be read with this server's keys: connect the account again");
        }

        try
        {
            var renewed = await accounts.RenewAsync(token, ct);
            return new NoteRenewal(channel.Id, channel.SealedToken!, secrets.Seal(renewed.Token), renewed.ExpiresAt, Trouble: null);
        }
        catch (RuleBrokenException refused)
        {
            var end = channel.TokenExpiresAt is { } at ? $"it ends on {Day(at)}" : "nobody knows when it ends";
            return Failed(channel, $"The access token could not be renewed, and {end}: {refused.Message}");
        }
    }

    private static NoteRenewal Failed(ChannelAccount channel, string trouble) => new(channel.Id, channel.SealedToken!, null, null, trouble);

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}

/// <summary>What came of renewing a token. Where the account was connected anew meanwhile, nothing: that token is the newer.</summary>
internal sealed record NoteRenewal(long ChannelId, string OldSealed, string? NewSealed, DateTimeOffset? ExpiresAt, string? Trouble) : ICommand<Unit>;

internal sealed class NoteRenewalHandler(IFikoDb db, TimeProvider time) : IRequestHandler<NoteRenewal, Unit>
{
    private const string Ours = "The access token";

    public async Task<Unit> Handle(NoteRenewal note, CancellationToken ct)
    {
        var channel = await db.Channels.SingleOrDefaultAsync(c => c.Id == note.ChannelId && c.SealedToken == note.OldSealed && c.RemovedAt == null, ct);
        if (channel is null || channel.Status is ChannelStatus.Disabled)
        {
            return Unit.Value;
        }

        if (note.Trouble is { } trouble)
        {
            channel.Fail(trouble);
        }
        else
        {
            channel.Renew(note.NewSealed!, time.Now(), note.ExpiresAt);
            if (channel.LastError?.StartsWith(Ours, StringComparison.Ordinal) is true)
            {
                channel.Recover();
            }
        }

        await db.SaveChangesAsync(ct);
        return Unit.Value;
    }
}
