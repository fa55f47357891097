using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fiko.Application.Channels;
using Fiko.Application.Messaging;
using Fiko.Domain.Channels;
using Fiko.Domain.Customers;
using Fiko.Infrastructure.Channels;
using Microsoft.Extensions.Options;

namespace Fiko.FunctionalTests.Channels.Example;

/// <summary>Postbox: short letters, in JSON over HTTP. Nothing that was sent can be changed, and there are no files.</summary>
internal sealed class PostboxChannel(HttpClient http, IOptions<DeliveryOptions> options, TimeProvider time) : IChannel, IPushesUpdates
{
    private const int LongestLetter = 500;
    private const string MayHaveArrived = "the letter may or may not have arrived";

    public string Name => "postbox";

    public string SecretHeader => "X-Postbox-Secret";

    public AnswerWindow? Window => null;

    public SendLimits Limits { get; } = new(new SendRate(20, TimeSpan.FromMilliseconds(50)), new SendRate(100, TimeSpan.FromMilliseconds(10)));

    // A letter's number is unique in the whole account.
    public string ScopeOf(string chat) => "";

    public IReadOnlyList<PlannedPart> Plan(string text, IReadOnlyList<FileFacts> files) =>
        [.. TextSplitter.Split(text, LongestLetter, TextSplitter.Utf16Units).Select(part => new PlannedPart(part))];

    public async Task<SendOutcome> SendAsync(ChannelConnection channel, OutgoingPart part, CancellationToken ct)
    {
        if (ct.IsCancellationRequested)
        {
            return new SendOutcome.NotTaken("The server is stopping");
        }

        using var limit = new CancellationTokenSource(options.Value.SendTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"boxes/{Uri.EscapeDataString(part.Chat)}/letters");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", channel.Token);
            request.Content = JsonContent.Create(new { text = part.Text, reply_to = part.ReplyTo });
            using var answer = await http.SendAsync(request, either.Token);
            using var json = JsonText.TryParse(await answer.Content.ReadAsStringAsync(either.Token));
            return OutcomeOf(answer, json?.RootElement ?? default);
        }
        catch (Exception failure)
        {
            // Once a byte of the request has left, nobody can know.
            return HttpFailures.NeverConnected(failure)
                ? new SendOutcome.NotTaken("Postbox could not be reached")
                : new SendOutcome.Unknown($"Postbox did not answer; {MayHaveArrived}");
        }
    }

    public UpdateIdentity Identify(string body)
    {
        using var json = JsonText.TryParse(body);
        var call = json?.RootElement ?? default;
        return new UpdateIdentity(IdOf(call, "id") ?? $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))}", IdOf(call, "box") ?? "");
    }

    public InboundNews Read(string body)
    {
        using var json = JsonText.TryParse(body);
        var call = json?.RootElement ?? default;
        return (call.Text("event"), IdOf(call, "box"), IdOf(call, "letter"), PlainText.Clean(call.Text("text"), 4096)) switch
        {
            ("letter", { } box, { } letter, { } text) =>
                new CustomerWrote(box, new CustomerProfile(PlainText.Clean(call.Text("name"), 100) ?? ""), letter, "text", text, IdOf(call, "reply_to")),
            ("letter", _, _, _) => new NotUnderstood("A letter without a box, a number or a text"),
            ({ } other, _, _, _) => new NothingToDo($"An event of kind {PlainText.Clean(other, 64)}"),
            _ => new NotUnderstood("Not an event"),
        };
    }

    private static SendOutcome OutcomeOf(HttpResponseMessage answer, JsonElement json) => (IdOf(json, "letter"), json.Text("error"), (int)answer.StatusCode) switch
    {
        ({ } letter, _, 201) => new SendOutcome.Sent(letter),
        (_, { } error, 429) => new SendOutcome.NotTaken(error, answer.Headers.RetryAfter?.Delta),
        (_, { } error, 401) => new SendOutcome.Refused(error, ChannelBroken: true),
        (_, { } error, >= 400 and < 500) => new SendOutcome.Refused(error),
        (_, { } error, >= 500) => new SendOutcome.NotTaken(error),

        // Not Postbox's own words: somebody between us has answered.
        _ => new SendOutcome.Unknown($"Postbox's answer could not be read; {MayHaveArrived}"),
    };

    // What is longer than any id can't be one, and would not fit where ids are kept.
    private static string? IdOf(JsonElement json, string name) => json.Text(name) is { Length: > 0 and <= 100 } id ? id : null;
}
