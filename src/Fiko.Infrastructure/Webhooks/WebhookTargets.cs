using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using Fiko.Application.Webhooks;
using Fiko.Infrastructure.Outbound;
using Microsoft.Extensions.Options;

namespace Fiko.Infrastructure.Webhooks;

/// <summary>
/// Lets integrators' addresses lead to public https servers and nowhere else: whoever may register one could otherwise make this
/// server call what only it can reach.
/// </summary>
internal sealed class WebhookTargets(IOptions<WebhookOptions> options, TimeProvider time) : IWebhookTargets
{
    private const int Https = 443;
    private const int FirstFreePort = 1024;

    public async Task<string?> ObjectionAsync(Uri url, CancellationToken ct)
    {
        if (FormObjection(url) is { } objection)
        {
            return objection;
        }

        using var patience = new CancellationTokenSource(options.Value.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(url.IdnHost, either.Token);
            return !options.Value.AllowPrivateNetworks && Array.Exists(addresses, PrivateAddresses.Has) ? "The host of 'url' is not in a public network" : null;
        }
        catch (Exception failed) when (failed is SocketException or ArgumentException || (failed is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return "The host of 'url' can't be found";
        }
    }

    /// <summary>What can be said without looking the host up. Asked before each call: the settings may have changed since it was registered.</summary>
    public string? FormObjection(Uri url) => url switch
    {
        _ when options.Value.AllowPrivateNetworks => null,
        { Scheme: not "https" } => "'url' must be an https address",
        { Port: not Https and < FirstFreePort } => $"The port of 'url' must be {Https}, or {FirstFreePort} or higher",
        _ => null,
    };

    public ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct) =>
        PublicConnections.ConnectAsync(context.DnsEndPoint, options.Value.AllowPrivateNetworks, ct);
}
