using Fiko.Application.Channels;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Channels.Example;

internal static class PostboxChannelServices
{
    // No limit but the channel's own, so that a time-out inside an exception can only be the one on connecting. No loggers: an
    // address names a customer.
    public static void AddPostboxChannel(this IServiceCollection services, Uri address) =>
        services.AddHttpClient<IChannel, PostboxChannel>(http => (http.BaseAddress, http.Timeout) = (address, Timeout.InfiniteTimeSpan))
            .UseSocketsHttpHandler((handler, _) => (handler.ConnectTimeout, handler.PooledConnectionLifetime) = (TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5)))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
}
