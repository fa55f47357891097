using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.Infrastructure.Auth;

/// <summary>Where a token may stand, and whom it proves (protocol.md, section 1).</summary>
internal sealed class BearerEvents : JwtBearerEvents
{
    private const string Subprotocol = "fiko.v1";
    private const string SubprotocolToken = "bearer.";

    public override Task MessageReceived(MessageReceivedContext context)
    {
        var request = context.Request;

        // Without a token from here the framework reads the header itself.
        if (!request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            context.Token = FromSubprotocol(request) ?? FromQuery(context.HttpContext);
        }

        return Task.CompletedTask;
    }

    public override async Task TokenValidated(TokenValidatedContext context)
    {
        var http = context.HttpContext;
        var callers = http.RequestServices.GetRequiredService<CallerLookup>();
        if (context.Principal?.Identity is ClaimsIdentity claims && await callers.FindAsync(claims, http.RequestAborted) is { } caller)
        {
            http.Features.Set(new CallerFeature(caller, new DateTimeOffset(context.SecurityToken.ValidTo, TimeSpan.Zero)));
        }
        else
        {
            context.Fail("The token opens nothing here");
        }
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
}
