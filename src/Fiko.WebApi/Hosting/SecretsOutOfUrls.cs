using Fiko.Infrastructure.Auth;
using Microsoft.AspNetCore.Http.Features;

namespace Fiko.WebApi.Hosting;

/// <summary>Takes secrets out of the URL of every request before the host logs, traces or counts it.</summary>
// Not a DefaultHttpContextFactory on purpose: for that type the host fills its context without calling Create.
internal sealed class SecretsOutOfUrls(IHttpContextFactory inner) : IHttpContextFactory
{
    public HttpContext Create(IFeatureCollection featureCollection)
    {
        if (featureCollection.Get<IHttpRequestFeature>() is { } request)
        {
            TakeFromPath(request, featureCollection);
            TakeFromQuery(request, featureCollection);
        }

        return inner.Create(featureCollection);
    }

    public void Dispose(HttpContext httpContext) => inner.Dispose(httpContext);

    private static void TakeFromPath(IHttpRequestFeature request, IFeatureCollection features)
    {
        if (BotPath.Parse(request.Path) is { } bot)
        {
            features.Set(new BotTokenFeature(bot.Token));
            request.Path = bot.Internal;
            request.RawTarget = bot.Internal + request.QueryString;
        }
    }

    private static void TakeFromQuery(IHttpRequestFeature request, IFeatureCollection features)
    {
        if (SecretQuery.Parse(request.QueryString) is not { } query)
        {
            return;
        }

        if (query.Token is { } token)
        {
            features.Set(new SocketTokenFeature(token));
        }

        if (query.Ticket is { } ticket)
        {
            features.Set(new TicketFeature(ticket));
        }

        if (query.Signature is { } signature)
        {
            features.Set(new SignatureFeature(signature));
        }

        if (query.VerifyToken is { } verifyToken)
        {
            features.Set(new VerifyTokenFeature(verifyToken));
        }

        var mark = request.RawTarget.IndexOf('?', StringComparison.Ordinal);
        request.QueryString = query.Redacted;
        if (mark >= 0)
        {
            request.RawTarget = request.RawTarget[..mark] + query.Redacted;
        }
    }
}

internal static class SecretsOutOfUrlsSetup
{
    /// <summary>The host's context factory is wrapped, whether it was registered before or is registered later.</summary>
    public static IServiceCollection AddSecretsOutOfUrls(this IServiceCollection services) =>
        services.AddSingleton<IHttpContextFactory>(provider => new SecretsOutOfUrls(new DefaultHttpContextFactory(provider)));
}
