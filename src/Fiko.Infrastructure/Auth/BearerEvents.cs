using System.Security.Claims;
using Fiko.Application.Auth;
using Fiko.Infrastructure.Realtime;
using MediatR;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.Infrastructure.Auth;

/// <summary>Where a token may stand, and whom it proves (protocol.md, section 1).</summary>
internal sealed class BearerEvents : JwtBearerEvents
{
    private const string Subprotocol = "fiko.v1";
    private const string SubprotocolToken = "bearer.";

    // Whoever hangs up while they are looked up is no error, which the framework would log for the exception.
    private const string Gone = "Nobody waits for the answer";

    public override async Task MessageReceived(MessageReceivedContext context)
    {
        var request = context.Request;

        // Without a token from here the framework reads the header itself.
        if (request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        context.Token = FromSubprotocol(request) ?? FromQuery(context.HttpContext);
        try
        {
            if (context.Token is null && TicketOf(context.HttpContext) is { } ticket && await ProveAsync(context.HttpContext, ticket))
            {
                context.Principal = new ClaimsPrincipal(new ClaimsIdentity(context.Scheme.Name));
                context.Success();
            }
        }
        catch (OperationCanceledException) when (context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            context.Fail(Gone);
        }
    }

    public override async Task TokenValidated(TokenValidatedContext context)
    {
        var http = context.HttpContext;
        var callers = http.RequestServices.GetRequiredService<CallerLookup>();
        var moment = http.RequestServices.GetRequiredService<ILocalSockets>().Moment;
        try
        {
            if (context.Principal?.Identity is ClaimsIdentity claims && await callers.FindAsync(claims, http.RequestAborted) is { } caller)
            {
                http.Features.Set(new CallerFeature(caller, new DateTimeOffset(context.SecurityToken.ValidTo, TimeSpan.Zero), moment));
            }
            else
            {
                context.Fail("The token opens nothing here");
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            context.Fail(Gone);
        }
    }

    private static async Task<bool> ProveAsync(HttpContext http, string ticket)
    {
        var moment = http.RequestServices.GetRequiredService<ILocalSockets>().Moment;
        var used = await http.RequestServices.GetRequiredService<IMediator>().Send(new UseTicket(ticket), http.RequestAborted);
        if (used is null || await http.RequestServices.GetRequiredService<CallerLookup>().FindAsync(used.AgentId, used.SessionId, http.RequestAborted) is not { } caller)
        {
            return false;
        }

        http.Features.Set(new CallerFeature(caller, used.TokenExpiresAt, moment));
        return true;
    }

    private static string? FromSubprotocol(HttpRequest request)
    {
        var offered = request.Headers.GetCommaSeparatedValues("Sec-WebSocket-Protocol");
        return offered.Contains(Subprotocol) && offered.FirstOrDefault(p => p.StartsWith(SubprotocolToken, StringComparison.Ordinal)) is { } pair
            ? pair[SubprotocolToken.Length..]
            : null;
    }

    private static string? FromQuery(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/ws") ? context.Features.Get<SocketTokenFeature>()?.Token : null;

    // Only what becomes a socket uses its ticket up.
    private static string? TicketOf(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/ws") && context.WebSockets.IsWebSocketRequest ? context.Features.Get<TicketFeature>()?.Ticket : null;
}
