using System.Net.Http.Headers;

namespace Fiko.WebApi.Sandbox.Instagram;

/// <summary>Posts one event as Meta does: signed, and again and again with growing pauses until it is accepted or 36 hours old.</summary>
internal sealed class EventPost(IHttpClientFactory clients, SandboxAddress address, SandboxInstagramEndpoint endpoint, SandboxHabits habits, TimeProvider time)
    : IDisposable
{
    public const string Client = "sandbox-instagram-webhooks";

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(36);

    private readonly SemaphoreSlim _connections = new(40);

    public void Dispose() => _connections.Dispose();

    public async Task DeliverAsync(PendingEvent one, CancellationToken ct)
    {
        for (var failures = 0; !one.Settled.IsCompleted && time.GetUtcNow() - one.Created < Lifetime; failures++)
        {
            if (await PostAsync(one.Body, ct) is >= 200 and < 300)
            {
                break;
            }

            await Task.Delay(Pause(failures), time, ct);
        }

        one.Settle();
    }

    /// <returns>The answer's status; 0 where there was none.</returns>
    public async Task<int> PostAsync(byte[] body, CancellationToken ct)
    {
        if (Receiver() is not { } receiver)
        {
            return 0;
        }

        await _connections.WaitAsync(ct);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, receiver) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(body, endpoint.AppSecrets[0]));
            using var client = clients.CreateClient(Client);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            return 0;
        }
        finally
        {
            _connections.Release();
        }
    }

    private Uri? Receiver() => habits.Webhooks.Url is { } url ? new Uri(url)
        : address.Http is { } server ? new Uri(server, "webhooks/instagram")
        : null;

    // Again at once, then after 1, 2, 4 … seconds.
    private static TimeSpan Pause(int failures) =>
        failures == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, Math.Min(failures - 1, 10))));
}
