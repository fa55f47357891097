using Fiko.Application.Audit;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Auth;

/// <summary>An agent logs in (rest.md, Auth).</summary>
/// <param name="Email">In any case and with spaces around it.</param>
/// <param name="Password">Compared as it is.</param>
/// <param name="Address">The client's network address; null where none is known, and then only the email is limited.</param>
public sealed record LogIn(string? Email, string? Password, string? Address = null) : IRequest<TokenAnswer>
{
    // A record prints all its members; this one must not.
    public override string ToString() => nameof(LogIn);
}

internal sealed class LogInValidator : AbstractValidator<LogIn>
{
    private const int LongestEmail = 300;

    public LogInValidator()
    {
        RuleFor(l => l.Email).NotEmpty().MaximumLength(LongestEmail).AsInvalidField("email");
        RuleFor(l => l.Password).Must(MayBePassword).AsInvalidField("password");
    }

    // More generous than the rule for new ones, which may have been another once; hashing is slow, and slower for what is long.
    public static bool MayBePassword(string? password) => password is { Length: > 0 and <= 1000 };
}

internal sealed class LogInHandler(
    IFikoDb db,
    IMediator mediator,
    IPasswords passwords,
    IAccessTokens tokens,
    LoginThrottle throttle,
    IRefusedLogins refused,
    RequestOrigin origin) : IRequestHandler<LogIn, TokenAnswer>
{
    public async Task<TokenAnswer> Handle(LogIn login, CancellationToken ct)
    {
        if (!tokens.CanIssue)
        {
            throw Refusals.LoginElsewhere();
        }

        var email = Agent.NormalizeEmail(login.Email!);
        using var attempt = await throttle.EnterAsync(email, login.Address, ct);
        var known = await db.Agents.AsNoTracking()
            .Where(a => a.Email == email && a.RemovedAt == null)
            .Select(a => new { a.Id, a.PasswordHash, a.IsActive })
            .SingleOrDefaultAsync(ct);

        // Every way to fail goes through the hasher, so that none is faster than the others.
        var verdict = passwords.Verify(known?.PasswordHash, login.Password!);
        if (verdict is PasswordVerdict.Wrong || known is not { IsActive: true })
        {
            attempt.Failed();
            if (known is not null)
            {
                refused.Note(known.Id, origin.From);
            }

            throw Refusals.AuthFailed();
        }

        attempt.Succeeded();
        var better = verdict is PasswordVerdict.RightButOld ? passwords.Hash(login.Password!) : null;
        var secret = RefreshSecret.New();
        var opened = await mediator.Send(new OpenSession(known.Id, known.PasswordHash, better, RefreshSecret.Hash(secret)), ct)
            ?? throw Refusals.AuthFailed();
        return TokenAnswer.Of(tokens.Issue(opened.User.Id, opened.SessionId), secret, opened.User);
    }
}
