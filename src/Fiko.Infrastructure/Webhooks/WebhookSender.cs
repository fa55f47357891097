using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using Fiko.Application.Channels;
using Fiko.Application.Events;
using Fiko.Application.Webhooks;
using Fiko.Domain.Webhooks;
using Fiko.Infrastructure.Channels;
using Fiko.Infrastructure.Outbound;
using Fiko.Infrastructure.Realtime;
using Microsoft.Extensions.Options;

namespace Fiko.Infrastructure.Webhooks;

/// <summary>Makes one call to a receiver, and says how it went in words that name no address.</summary>
internal sealed class WebhookSender(
    IHttpClientFactory http, WebhookTargets targets, ISecrets secrets, IOptions<WebhookOptions> options, Random chance, TimeProvider time)
{
    public const string HttpClientName = "webhooks";

    // Nobody reads what a receiver says; a short answer is taken to its end, so that the connection can be used again.
    private const int MostOfAnAnswer = 8 * 1024;

    private static readonly ProductInfoHeaderValue Sender = new("Fiko-Webhooks", "1");

    public async Task<EndedAttempt> SendAsync(TakenWebhook webhook, TakenDelivery delivery, EventView happened)
    {
        var began = time.GetTimestamp();
        using var patience = new CancellationTokenSource(options.Value.Timeout, time);
        try
        {
            using var request = Request(webhook, delivery, happened);
            using var client = http.CreateClient(HttpClientName);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            await DrainAsync(response, patience.Token);
            var (outcome, error) = Judge(response.StatusCode);
            return new EndedAttempt(delivery, outcome, Answer((int)response.StatusCode, error), WaitOf(response.Headers.RetryAfter), chance.NextDouble());
        }
        catch (Exception failed) when (Describe(failed) is { } error)
        {
            return new EndedAttempt(delivery, WebhookOutcome.Failed, Answer(null, error), null, chance.NextDouble());
        }

        WebhookAnswer Answer(int? status, string? error) => new(status, time.GetElapsedTime(began), error);
    }

    private HttpRequestMessage Request(TakenWebhook webhook, TakenDelivery delivery, EventView happened)
    {
        var url = new Uri(webhook.Url);
        if (targets.FormObjection(url) is not null)
        {
            throw new ForbiddenAddressException();
        }

        string[] keys = [.. webhook.SealedSecrets.Select(secrets.Open).OfType<string>()];
        if (keys.Length == 0)
        {
            throw new UnreadableSecretException();
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(happened, Wire.Options);
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.UserAgent.Add(Sender);

        // The same for each attempt and for each replay: by it a receiver knows what it has already.
        request.Headers.Add("Fiko-Webhook-Id", delivery.Position is null ? string.Create(CultureInfo.InvariantCulture, $"ping_{delivery.Id}") : $"evt_{happened.Cursor}");
        request.Headers.TryAddWithoutValidation(BodySignature.Header, BodySignature.Of(body, time.GetUtcNow(), keys));
        return request;
    }

    // The status was said already: whatever happens to the rest of the answer, it changes nothing.
    private static async Task DrainAsync(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            await using var rest = await response.Content.ReadAsStreamAsync(ct);
            await BoundedCopy.TryAsync(rest, Stream.Null, MostOfAnAnswer, ct);
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException or OperationCanceledException)
        {
            return;
        }
    }

    private static (WebhookOutcome Outcome, string? Error) Judge(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => (WebhookOutcome.Delivered, null),
        410 => (WebhookOutcome.Gone, "The receiver answered 410 Gone"),
        >= 300 and < 400 => (WebhookOutcome.Failed, $"The receiver answered {(int)status}; redirects are not followed"),
        _ => (WebhookOutcome.Failed, $"The receiver answered {(int)status}"),
    };

    private string? Describe(Exception failed) => failed switch
    {
        OperationCanceledException => $"No answer within {options.Value.Timeout.TotalSeconds:0.#} s",
        UnreadableSecretException => "The secret can't be read with this server's keys",
        ForbiddenAddressException or HttpRequestException { InnerException: ForbiddenAddressException } => "The address is not in a public network",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "The host could not be found",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "No connection could be made",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "No secure connection could be made",
        HttpRequestException or IOException => "The connection broke before there was an answer",
        _ => null,
    };

    private TimeSpan? WaitOf(RetryConditionHeaderValue? asked) => asked switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };

    private sealed class UnreadableSecretException : Exception;
}
