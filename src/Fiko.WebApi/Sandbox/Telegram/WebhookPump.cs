using System.Net.Http.Headers;

namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>Posts updates as Telegram does: those of a chat in order, each until it is accepted, chats beside each other.</summary>
internal sealed class WebhookPump(IHttpClientFactory clients, TimeProvider time, IHostApplicationLifetime lifetime) : IDisposable
{
    public const string Client = "sandbox-webhooks";

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    // Telegram's own number of connections to a webhook where none was asked for.
    private readonly SemaphoreSlim _connections = new(40);

    public void Start(UpdateQueue queue, long chat, TimeSpan delay)
    {
        // What surrounds the asking request (its trace above all) must not follow the update to the webhook.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(() => RunAsync(queue, chat, delay, lifetime.ApplicationStopping));
        }
    }

    public void Dispose() => _connections.Dispose();

    private async Task RunAsync(UpdateQueue queue, long chat, TimeSpan delay, CancellationToken ct)
    {
        var failures = 0;
        try
        {
            if (delay > TimeSpan.Zero)
            {
                await Task.Delay(delay, time, ct);
            }

            while (queue.Next(chat) is var (update, webhook))
            {
                var (failure, asked) = await PostAsync(update, webhook, ct);
                if (failure is null)
                {
                    queue.Accepted(update);
                    failures = 0;
                    continue;
                }

                queue.Failed(failure);
                await webhook.PauseAsync(asked ?? Pause(failures++), time, ct);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops, and its memory with it.
        }
    }

    // Again at once, then after 2, 4, 8 … seconds.
    private static TimeSpan Pause(int failures) =>
        failures == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, Math.Min(failures, 10))));

    private async Task<(string? Failure, TimeSpan? Asked)> PostAsync(PendingUpdate update, Webhook webhook, CancellationToken ct)
    {
        await _connections.WaitAsync(ct);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Address) { Content = new ByteArrayContent(update.Body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            if (webhook.Secret is { } secret)
            {
                request.Headers.Add("X-Telegram-Bot-Api-Secret-Token", secret);
            }

            using var client = clients.CreateClient(Client);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            return answer.IsSuccessStatusCode
                ? (null, null)
                : ($"Wrong response from the webhook: {(int)answer.StatusCode} {answer.ReasonPhrase}", Asked(answer));
        }
        catch (HttpRequestException)
        {
            return ("Webhook connection closed", null);
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            return ("Read timeout expired", null);
        }
        finally
        {
            _connections.Release();
        }
    }

    private static TimeSpan? Asked(HttpResponseMessage answer) =>
        answer.Headers.RetryAfter?.Delta is { } asked ? (asked < LongestAsked ? asked : LongestAsked) : null;
}
