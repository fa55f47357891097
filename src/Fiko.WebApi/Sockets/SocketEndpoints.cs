using Fiko.Application;
using Fiko.Application.Presence;
using Fiko.Domain.Conversations;
using Fiko.Infrastructure.Auth;
using Fiko.Infrastructure.Realtime;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Fiko.WebApi.Sockets;

/// <summary>The two sockets' addresses, and everything that happens before one is open (protocol.md, section 1).</summary>
internal static class SocketEndpoints
{
    private const string SubProtocol = "fiko.v1";

    public static IServiceCollection AddSockets(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<SocketOptions>(configuration, SocketOptions.Section);
        services.AddSingleton<SocketRegistry>();
        services.AddSingleton<ILocalSockets>(all => all.GetRequiredService<SocketRegistry>());
        services.AddSingleton<FrameErrors>();
        services.AddSingleton<Replays>();
        services.AddSingleton(all => new SocketParts(
            all.GetRequiredService<IServiceScopeFactory>(),
            all.GetRequiredService<SocketRegistry>(),
            all.GetRequiredService<IEventFeed>(),
            all.GetRequiredService<FrameErrors>(),
            all.GetRequiredService<Drain>(),
            all.GetRequiredService<Replays>(),
            all.GetRequiredService<IOptions<SocketOptions>>().Value,
            all.GetRequiredService<TimeProvider>(),
            all.GetRequiredService<ILogger<SocketConnection>>()));
        services.AddSingleton(all => new SocketPlaces(all.GetRequiredService<IOptions<SocketOptions>>().Value, all.GetRequiredService<TimeProvider>()));
        services.AddHostedService<SocketSweeper>();
        services.AddDrain(configuration);
        services.AddConnectionLimits();
        return services;
    }

    public static void MapSockets(this IEndpointRouteBuilder routes)
    {
        routes.Map("/ws/conversations", (HttpContext http) => ConnectAsync(http, OpenInbox)).ExcludeFromDescription();
        routes.Map("/ws/chat/{conversation}", (HttpContext http) => ConnectAsync(http, OpenChat)).ExcludeFromDescription();
    }

    private delegate SocketConnection? Opener(HttpContext http, AcceptedSocket socket, CallerFeature proven, SocketPlaces.Place place, SocketParts parts);

    private static async Task ConnectAsync(HttpContext http, Opener open)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            http.Response.Headers.Upgrade = "websocket";
            await Results.Problem(statusCode: StatusCodes.Status426UpgradeRequired, title: "Upgrade required", detail: "This address speaks WebSocket only")
                .ExecuteAsync(http);
            return;
        }

        var parts = http.RequestServices.GetRequiredService<SocketParts>();
        if (!http.RequestServices.GetRequiredService<OriginRule>().Allows(http.Request))
        {
            parts.Log.OriginRefused();
            await Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: "Origin not allowed").ExecuteAsync(http);
            return;
        }

        // A handshake refused with an HTTP status reaches a browser as 1006, so even the refused are accepted first.
        var authentication = await http.AuthenticateAsync();
        using var socket = await AcceptedSocket.AcceptAsync(http, Accepting(http, parts.Options), parts);
        if (!authentication.Succeeded || http.ProvenCaller() is not { } proven)
        {
            parts.Log.Unauthenticated();
            await RefuseAsync(http, socket, parts, refuse => refuse.EndAuthentication());
            return;
        }

        var places = http.RequestServices.GetRequiredService<SocketPlaces>();
        if (places.IsPaused(proven.Caller.AgentId))
        {
            await RefuseAsync(http, socket, parts, refuse => refuse.TooManyRequests());
            return;
        }

        using var place = places.TryTake(proven.Caller.AgentId);
        if (place is null)
        {
            parts.Log.TooManySockets(proven.Caller.AgentId);
            await RefuseAsync(http, socket, parts, refuse => refuse.TooManyConnections());
            return;
        }

        http.Features.Get<SocketPlaces.Handshake>()?.Dispose();
        if (open(http, socket, proven, place, parts) is not { } connection)
        {
            await RefuseAsync(http, socket, parts, refuse => refuse.NoSuchConversation());
            return;
        }

        await connection.RunAsync(http.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext http, AcceptedSocket socket, SocketParts parts, Action<RefusedConnection> why)
    {
        var refused = new RefusedConnection(socket, IsEnglish(http), parts);
        why(refused);
        return refused.EndAsync(http.RequestServices.GetRequiredService<SocketPlaces>().IsCrowded);
    }

    private static InboxConnection OpenInbox(HttpContext http, AcceptedSocket socket, CallerFeature proven, SocketPlaces.Place place, SocketParts parts) =>
        new(socket, proven, CursorOf(http), IsEnglish(http), parts) { Place = place };

    private static ChatConnection? OpenChat(HttpContext http, AcceptedSocket socket, CallerFeature proven, SocketPlaces.Place place, SocketParts parts)
    {
        if (!ConversationId.TryParse(http.Request.RouteValues["conversation"] as string, out var conversation))
        {
            return null;
        }

        var presence = http.RequestServices.GetRequiredService<PresenceBoard>();
        var typing = http.RequestServices.GetRequiredService<TypingBoard>();
        return new ChatConnection(socket, proven, conversation, CursorOf(http), presence, typing, IsEnglish(http), parts) { Place = place };
    }

    private static string? CursorOf(HttpContext http) => http.Request.Query["cursor"] is [{ Length: > 0 } cursor, ..] ? cursor : null;

    private static bool IsEnglish(HttpContext http) => http.Request.Query["lang"] == "en";

    private static WebSocketAcceptContext Accepting(HttpContext http, SocketOptions options) => new()
    {
        SubProtocol = http.WebSockets.WebSocketRequestedProtocols.Contains(SubProtocol) ? SubProtocol : null,
        KeepAliveInterval = options.KeepAliveInterval,
        KeepAliveTimeout = options.KeepAliveTimeout,

        // Each frame for itself: what one of them tells must not show in the size of another.
        DangerousEnableCompression = options.Compression,
        DisableServerContextTakeover = true,
    };
}
