using Fiko.Application.Audit;

namespace Fiko.WebApi.Hosting;

/// <summary>Tells the use cases where a request comes from.</summary>
internal static class RequestOrigins
{
    public static void UseRequestOrigin(this WebApplication app) => app.Use((http, next) =>
    {
        http.RequestServices.GetRequiredService<RequestOrigin>().From = Of(http);
        return next(http);
    });

    /// <summary>By the connection: anybody can write an X-Forwarded-For.</summary>
    public static Whereabouts Of(HttpContext http)
    {
        var remote = http.Connection.RemoteIpAddress;
        var address = remote is { IsIPv4MappedToIPv6: true } ? remote.MapToIPv4() : remote;
        return new Whereabouts(address?.ToString(), http.Request.Headers.UserAgent.ToString());
    }
}
