using System.Globalization;
using Microsoft.Extensions.Options;

namespace Fiko.WebApi.Sockets;

/// <summary>
/// Stands before everything that a handshake costs, the look-up of its token included: where there is no room it is answered
/// 503, which a browser takes for a lost network, and comes back (protocol.md, Limits and Shutdown). A ticket is not used up by that.
/// </summary>
internal static class SocketGate
{
    private static readonly TimeSpan WhenFull = TimeSpan.FromSeconds(5);

    public static void UseSocketGate(this WebApplication app) => app.Use(async (http, next) =>
    {
        if (!http.WebSockets.IsWebSocketRequest || !http.Request.Path.StartsWithSegments("/ws"))
        {
            await next(http);
            return;
        }

        if (http.RequestServices.GetRequiredService<Drain>().HasBegun)
        {
            var period = http.RequestServices.GetRequiredService<IOptions<DrainOptions>>().Value.Period;
            await TurnAwayAsync(http, period, "This server is about to stop");
            return;
        }

        using var handshake = http.RequestServices.GetRequiredService<SocketPlaces>().TryBegin();
        if (handshake is null)
        {
            await TurnAwayAsync(http, WhenFull, "This server has no room for another socket");
            return;
        }

        http.Features.Set(handshake);
        await next(http);
    });

    private static Task TurnAwayAsync(HttpContext http, TimeSpan comeBackAfter, string why)
    {
        http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(comeBackAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, title: "Unavailable", detail: why).ExecuteAsync(http);
    }
}
