using Fiko.Application.Shared;
using Fiko.Domain.Shared;
using Fiko.Infrastructure.Realtime;
using Microsoft.AspNetCore.Http;

namespace Fiko.Infrastructure.Auth;

/// <summary>Who a request's token proved.</summary>
/// <param name="Caller">Who.</param>
/// <param name="ExpiresAt">Until when the token proves it.</param>
/// <param name="Moment">The sockets' moment (<see cref="ILocalSockets.Moment"/>) before they were looked up.</param>
public sealed record CallerFeature(Caller Caller, DateTimeOffset ExpiresAt, long Moment = 0);

/// <summary>How endpoints ask who is calling.</summary>
public static class CallerAccess
{
    /// <exception cref="RuleBrokenException">Nobody who has proved it.</exception>
    public static Caller Caller(this HttpContext context) =>
        context.ProvenCaller()?.Caller ?? throw new RuleBrokenException("auth_required", "Authentication required");

    /// <summary>Null where the token is missing or bad: a socket is accepted all the same, to be told so.</summary>
    public static CallerFeature? ProvenCaller(this HttpContext context) => context.Features.Get<CallerFeature>();
}
