using Fiko.Infrastructure.Realtime;

namespace Fiko.WebApi.Api;

/// <summary>What all of REST shares: the wire's JSON, and problems in one shape.</summary>
internal static class RestServices
{
    public static IServiceCollection AddRest(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json => Wire.Configure(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = Problems.Complete);
        services.AddExceptionHandler<Problems>();
        services.AddSingleton<EventWaits>();
        return services;
    }
}
