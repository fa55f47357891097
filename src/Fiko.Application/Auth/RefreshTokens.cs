using Fiko.Application.Shared;
using FluentValidation;
using MediatR;

namespace Fiko.Application.Auth;

/// <summary>A refresh token is exchanged for a new pair (rest.md, Auth). It is good for that once.</summary>
public sealed record RefreshTokens(string? RefreshToken) : IRequest<TokenAnswer>
{
    public override string ToString() => nameof(RefreshTokens);
}

internal sealed class RefreshTokensValidator : AbstractValidator<RefreshTokens>
{
    public RefreshTokensValidator() => RuleFor(r => r.RefreshToken).NotEmpty().MaximumLength(1000).AsInvalidField("refresh_token");
}

internal sealed class RefreshTokensHandler(IMediator mediator, IAccessTokens tokens, ISessionEvents sessions)
    : IRequestHandler<RefreshTokens, TokenAnswer>
{
    public async Task<TokenAnswer> Handle(RefreshTokens refresh, CancellationToken ct)
    {
        if (!tokens.CanIssue)
        {
            throw Refusals.LoginElsewhere();
        }

        var secret = RefreshSecret.New();
        var rotation = await mediator.Send(new RotateRefreshToken(RefreshSecret.Hash(refresh.RefreshToken!), RefreshSecret.Hash(secret)), ct);
        if (rotation.RevokedSession is { } revoked)
        {
            sessions.Ended(revoked);
        }

        // Refused here and not in the command: a thrown exception would roll the revocation back.
        var live = rotation.Live ?? throw Refusals.InvalidRefreshToken();
        return TokenAnswer.Of(tokens.Issue(live.User.Id, live.SessionId), secret, live.User);
    }
}
