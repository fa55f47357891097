using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;
using Fiko.Application.Auth;
using Fiko.Application.Resources;
using Fiko.Infrastructure.Auth;
using Fiko.WebApi.Contract;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fiko.WebApi.Api;

/// <summary>Logging in and out (rest.md, Auth).</summary>
internal static class AuthApi
{
    public static void MapAuth(this IEndpointRouteBuilder routes)
    {
        var auth = routes.MapGroup("/auth").WithTags("Auth").AddEndpointFilter(NeverStoredAsync);
        auth.MapPost("/login", LogInAsync).AllowAnonymous().WithName("logIn").WithSummary("Log in with email and password");
        auth.MapPost("/refresh", RefreshAsync).AllowAnonymous().WithName("refreshTokens").WithSummary("Change a refresh token for a new pair");

        // Anonymous, because whoever holds a refresh token may end its session with an expired access token.
        auth.MapPost("/logout", LogOutAsync).AllowAnonymous().WithName("logOut").WithSummary("End the session and its sockets");
        auth.MapGet("/me", MeAsync).RequireAuthorization().WithSummary("Who you are");
        auth.MapPatch("/me", ChangeMeAsync).RequireAuthorization().WithName("changeMe").WithSummary("Change what you are called");
        auth.MapPost("/password", ChangePasswordAsync).RequireAuthorization().WithName("changePassword").WithSummary("Take a new password, which ends your other logins");
        auth.MapPost("/socket-ticket", GetTicketAsync).RequireAuthorization().WithName("getSocketTicket").WithSummary("A ticket that opens one socket within 30 seconds");
    }

    [Refuses(401, 429)]
    private static async Task<Ok<TokenAnswer>> LogInAsync(LogInBody? body, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new LogIn(body?.Email, body?.Password, AddressOf(http.Connection.RemoteIpAddress)), ct));

    [Refuses(401)]
    private static async Task<Ok<TokenAnswer>> RefreshAsync(RefreshBody? body, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new RefreshTokens(body?.RefreshToken), ct));

    [ProvenBy("", SecuritySchemes.Bearer)]
    [Refuses(401)]
    private static async Task<NoContent> LogOutAsync(LogOutBody? body, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new LogOut(http.ProvenCaller()?.Caller, body?.RefreshToken), ct);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<AccountView>> MeAsync(HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new GetMe(http.Caller()), ct));

    [TakesHeader("If-Match")]
    private static async Task<Ok<AccountView>> ChangeMeAsync(ChangeMeBody body, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ChangeMe(http.Caller(), http.IfMatch(), body.FirstName, body.LastName), ct));

    [Refuses(429)]
    private static async Task<NoContent> ChangePasswordAsync(ChangePasswordBody body, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new ChangePassword(http.Caller(), body.CurrentPassword, body.NewPassword, AddressOf(http.Connection.RemoteIpAddress)), ct);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<TicketAnswer>> GetTicketAsync(HttpContext http, IMediator mediator, CancellationToken ct)
    {
        var caller = http.Caller();
        return TypedResults.Ok(await mediator.Send(new GetSocketTicket(caller, http.ProvenCaller()!.ExpiresAt), ct));
    }

    // RFC 6749, section 5.1: an answer with tokens is kept by no cache.
    private static async ValueTask<object?> NeverStoredAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        return await next(context);
    }

    // One client commands a whole /64 of IPv6 and would never meet a limit on single addresses.
    internal static string? AddressOf(IPAddress? remote)
    {
        if (remote is not { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false })
        {
            return remote?.MapToIPv4().ToString();
        }

        return new IPNetwork(new IPAddress([.. remote.GetAddressBytes().Take(8), .. new byte[8]]), 64).ToString();
    }
}

/// <summary>What a client sends to log in.</summary>
internal sealed record LogInBody([property: Required] string? Email, [property: Required] string? Password)
{
    // A record prints its members.
    public override string ToString() => nameof(LogInBody);
}

/// <summary>What a client sends for a new pair of tokens.</summary>
internal sealed record RefreshBody([property: Required] string? RefreshToken);

/// <summary>What a client may send to log out without a good access token.</summary>
internal sealed record LogOutBody(string? RefreshToken);

/// <summary>What a client changes of its own account; what is left out stays.</summary>
internal sealed record ChangeMeBody(Optional<string?> FirstName, Optional<string?> LastName);

/// <summary>What a client sends for a new password.</summary>
internal sealed record ChangePasswordBody([property: Required] string? CurrentPassword, [property: Required] string? NewPassword)
{
    // A record prints its members.
    public override string ToString() => nameof(ChangePasswordBody);
}
