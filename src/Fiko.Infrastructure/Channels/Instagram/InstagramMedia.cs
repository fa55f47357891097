using System.Net;
using System.Net.Http;
using Fiko.Application.Channels;
using Fiko.Infrastructure.Outbound;
using Microsoft.Extensions.Options;

namespace Fiko.Infrastructure.Channels.Instagram;

/// <summary>
/// Fetches files from the addresses that Instagram's webhooks name: signed, public, soon over. The addresses came from outside, so
/// that nothing but a public https server is asked, or the one that stands in for the platform.
/// </summary>
internal sealed class InstagramMedia(IHttpClientFactory http, IInstagramEndpoint endpoint, IOptions<InstagramOptions> options, TimeProvider time)
{
    public const string HttpClientName = "instagram-media";

    private const int MostRedirects = 5;
    private const int Chunk = 64 * 1024;

    public async Task<FetchOutcome> FetchAsync(string remoteId, Stream to, long limit, CancellationToken ct)
    {
        if (!Uri.TryCreate(remoteId, UriKind.Absolute, out var address))
        {
            return new FetchOutcome.Gone("Its address can't be read");
        }

        using var patience = new CancellationTokenSource(options.Value.DownloadTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            return await FetchAsync(address, to, limit, either.Token);
        }
        catch (ForbiddenAddressException)
        {
            return new FetchOutcome.Gone("Its address is not a public one");
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return failure.InnerException is ForbiddenAddressException
                ? new FetchOutcome.Gone("Its address is not a public one")
                : new FetchOutcome.TryAgain("It could not be fetched from Instagram");
        }
    }

    /// <summary>Connects where a name leads, unless that is a network of our own: names can be made to lead anywhere.</summary>
    public ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var (target, asked) = (context.DnsEndPoint, context.InitialRequestMessage.RequestUri);
        return PublicConnections.ConnectAsync(target, anywhere: IsStandIn(asked) || IsProxy(target, asked), ct);
    }

    // The operator's own is where they want it to be, and it is the proxy then that looks the name up.
    private static bool IsProxy(DnsEndPoint target, Uri? asked) =>
        asked is not null && !HttpClient.DefaultProxy.IsBypassed(asked) && HttpClient.DefaultProxy.GetProxy(asked) is { } proxy
        && proxy.Port == target.Port && string.Equals(proxy.IdnHost, target.Host, StringComparison.OrdinalIgnoreCase);

    private async Task<FetchOutcome> FetchAsync(Uri address, Stream to, long limit, CancellationToken ct)
    {
        using var client = http.CreateClient(HttpClientName);
        for (var hop = 0; hop <= MostRedirects; hop++)
        {
            if (address.Scheme != Uri.UriSchemeHttps && !IsStandIn(address))
            {
                return new FetchOutcome.Gone("Its address is not a public one");
            }

            using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, ct);
            if ((int)response.StatusCode is >= 300 and < 400 && response.Headers.Location is { } next)
            {
                address = next.IsAbsoluteUri ? next : new Uri(address, next);
                continue;
            }

            return response.IsSuccessStatusCode ? await CopyAsync(response.Content, to, limit, ct) : Refused(response);
        }

        return new FetchOutcome.Gone("Its address leads in circles");
    }

    private static async Task<FetchOutcome> CopyAsync(HttpContent content, Stream to, long limit, CancellationToken ct)
    {
        var tooLarge = new FetchOutcome.Gone($"It is larger than {limit / (1024 * 1024)} MB");
        if (content.Headers.ContentLength > limit)
        {
            return tooLarge;
        }

        await using var from = await content.ReadAsStreamAsync(ct);
        var buffer = new byte[Chunk];
        long copied = 0;
        int count;
        while ((count = await ReadAsync(from, buffer, ct)) > 0)
        {
            if ((copied += count) > limit)
            {
                return tooLarge;
            }

            await to.WriteAsync(buffer.AsMemory(0, count), ct);
        }

        return new FetchOutcome.Fetched();
    }

    // Told apart from a disk that does not take the bytes: that is not the platform's fault.
    private static async Task<int> ReadAsync(Stream from, byte[] buffer, CancellationToken ct)
    {
        try
        {
            return await from.ReadAsync(buffer, ct);
        }
        catch (IOException broken)
        {
            throw new HttpRequestException("The answer ended early", broken);
        }
    }

    // Signed addresses that are over are refused, not missed.
    private static FetchOutcome Refused(HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError =>
            new FetchOutcome.TryAgain("Instagram did not hand it out", response.Headers.RetryAfter?.Delta),
        _ => new FetchOutcome.Gone("Instagram does not have it any more"),
    };

    private bool IsStandIn(Uri? address) =>
        address is not null && endpoint.GraphBaseUrl is { } root && Uri.TryCreate(root, UriKind.Absolute, out var graph)
        && Uri.Compare(address, graph, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
