using Fiko.Application.Agents;
using Fiko.Application.Audit;
using Fiko.Application.Shared;
using Fiko.Domain.Shared;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Auth;

/// <summary>The caller takes a new password, which ends all their other logins (rest.md, Auth). Guessing at the old one is limited as at the login.</summary>
/// <param name="By">Who.</param>
/// <param name="Current">Proves that it is not somebody at a screen left open.</param>
/// <param name="New">What takes its place.</param>
/// <param name="Address">The client's network address, as for <see cref="LogIn"/>.</param>
public sealed record ChangePassword(Caller By, string? Current, string? New, string? Address = null) : IRequest<Unit>
{
    // A record prints its members; two of these are secrets.
    public override string ToString() => nameof(ChangePassword);
}

internal sealed class ChangePasswordValidator : AbstractValidator<ChangePassword>
{
    public ChangePasswordValidator()
    {
        RuleFor(c => c.Current).Must(LogInValidator.MayBePassword).AsInvalidField("current_password");
        RuleFor(c => c.New).AsPassword("new_password");
    }
}

internal sealed class ChangePasswordHandler(
    IFikoDb db,
    IMediator mediator,
    IPasswords passwords,
    IAccessTokens tokens,
    LoginThrottle throttle,
    ISessionEvents sessions) : IRequestHandler<ChangePassword, Unit>
{
    public async Task<Unit> Handle(ChangePassword change, CancellationToken ct)
    {
        if (!tokens.CanIssue)
        {
            throw Refusals.LoginElsewhere();
        }

        var me = await db.Agents.AsNoTracking().SingleOrDefaultAsync(a => a.Id == change.By.AgentId && a.IsActive, ct) ?? throw Refusals.AuthRequired();
        using (var attempt = await throttle.EnterAsync(me.Email, change.Address, ct))
        {
            if (passwords.Verify(me.PasswordHash, change.Current!) is PasswordVerdict.Wrong)
            {
                attempt.Failed();
                await mediator.Send(new RecordRefusedLogin(me.Id), CancellationToken.None);
                throw Refusals.WrongPassword();
            }

            attempt.Succeeded();
        }

        var ended = await mediator.Send(new ReplacePassword(change.By, me.PasswordHash, passwords.Hash(change.New!)), ct) ?? throw Refusals.WrongPassword();
        foreach (var session in ended)
        {
            sessions.Ended(session);
        }

        return Unit.Value;
    }
}

/// <summary>Keeps a new password and ends the logins that the old one opened, but for the caller's.</summary>
/// <returns>Those that ended; null where the password was another meanwhile.</returns>
internal sealed record ReplacePassword(Caller By, string VerifiedHash, string NewHash) : ICommand<IReadOnlyList<long>?>, IAudited<IReadOnlyList<long>?>
{
    private static readonly string[] Fields = ["password"];

    public AuditNote? Audit(IReadOnlyList<long>? result) =>
        result is null ? null : new("user.changed", $"user_{By.AgentId}", new Dictionary<string, object?> { ["fields"] = Fields });

    public override string ToString() => nameof(ReplacePassword);
}

internal sealed class ReplacePasswordHandler(IFikoDb db, TimeProvider time) : IRequestHandler<ReplacePassword, IReadOnlyList<long>?>
{
    public async Task<IReadOnlyList<long>?> Handle(ReplacePassword replace, CancellationToken ct)
    {
        // The password was checked outside this transaction; a change in between makes what was checked worthless.
        var me = await db.Agents.SingleOrDefaultAsync(a => a.Id == replace.By.AgentId && a.IsActive && a.PasswordHash == replace.VerifiedHash, ct);
        if (me is null)
        {
            return null;
        }

        me.SetPasswordHash(replace.NewHash);
        var ended = await db.RevokeSessionsAsync(me.Id, "password", time.Now(), ct, except: replace.By.SessionId);
        await db.SaveChangesAsync(ct);
        return ended;
    }
}
