using System.Net.Http;

namespace Fiko.Infrastructure.Channels;

/// <summary>How a call without an answer failed.</summary>
internal static class HttpFailures
{
    /// <summary>
    /// Whether it ended before the request's first byte left. A cancellation that nobody asked for, with a time-out inside, is the
    /// handler's limit on connecting: the clients themselves have none.
    /// </summary>
    public static bool NeverConnected(Exception failure)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case HttpRequestException http:
                    return http.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
                        or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
                case OperationCanceledException { InnerException: TimeoutException }:
                    return true;
            }
        }

        return false;
    }
}
