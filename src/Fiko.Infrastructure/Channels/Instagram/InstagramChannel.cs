using System.Text.Json;
using System.Text.Json.Nodes;
using Fiko.Application.Channels;
using Fiko.Application.Messaging;
using Fiko.Domain.Channels;
using Microsoft.Extensions.Options;

namespace Fiko.Infrastructure.Channels.Instagram;

/// <summary>
/// Instagram's direct messages (developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/messaging-api).
/// What was sent can be neither changed nor taken back through the API.
/// </summary>
internal sealed class InstagramChannel(
    InstagramGraph graph, InstagramMedia media, InstagramProfiles profiles, IOptions<InstagramOptions> settings, IOptions<DeliveryOptions> options, TimeProvider time)
    : IChannel, IReactsToMessages, ICarriesFiles, IShowsCourtesy, IKnowsProfiles
{
    // In bytes, as Meta counts.
    private const int LongestText = 1000;

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly TimeSpan CourtesyTimeout = TimeSpan.FromSeconds(5);

    public string Name => ChannelName.Instagram;

    public AnswerWindow? Window { get; } = new(Day, settings.Value.HumanAgent ? Week : Day);

    public SendLimits Limits { get; } = new(
        new SendRate(settings.Value.ChatBurst, settings.Value.ChatEvery), new SendRate(settings.Value.AccountBurst, settings.Value.AccountEvery));

    // A message's id counts in the whole account.
    public string ScopeOf(string chat) => "";

    // Text and files are messages of their own there. The words go first: a file that is refused does not take them along.
    public IReadOnlyList<PlannedPart> Plan(string text, IReadOnlyList<FileFacts> files) =>
    [
        .. TextSplitter.Split(text, LongestText, TextSplitter.Utf8Bytes).Select(part => new PlannedPart(part)),
        .. files.Select((_, number) => new PlannedPart("", number)),
    ];

    public Task<SendOutcome> SendAsync(ChannelConnection channel, OutgoingPart part, CancellationToken ct)
    {
        var message = part.File is { } file
            ? new JsonObject
            {
                ["attachment"] = new JsonObject
                {
                    ["type"] = InstagramFiles.TypeOf(file.Facts),
                    ["payload"] = new JsonObject { ["url"] = file.Link.AbsoluteUri },
                },
            }
            : new JsonObject { ["text"] = part.Text };
        var body = new JsonObject { ["recipient"] = To(part.Chat), ["message"] = message };
        if (part.Late && settings.Value.HumanAgent)
        {
            body["messaging_type"] = "MESSAGE_TAG";
            body["tag"] = "HUMAN_AGENT";
        }

        // Without its id the message could not be told from one that somebody else wrote.
        // With a file it fetches that first, and takes up to 75 s for it.
        var patience = part.File is null ? options.Value.SendTimeout : options.Value.FileSendTimeout;
        return CallAsync(channel, body, answer => InstagramIdentity.Mid(answer.Text("message_id")) is { } mid ? new SendOutcome.Sent(mid) : null, patience, ct);
    }

    public Task<SendOutcome> ReactAsync(ChannelConnection channel, SentPart message, string? emoji, CancellationToken ct)
    {
        var about = new JsonObject { ["message_id"] = message.ExternalId };
        if (emoji is not null)
        {
            about["reaction"] = InstagramReactions.NameOf(emoji);
        }

        return CallAsync(channel, Action(message.Chat, emoji is null ? "unreact" : "react", about), _ => new SendOutcome.Sent(message.ExternalId), options.Value.SendTimeout, ct);
    }

    public string? Objection(FileFacts file) => InstagramFiles.Objection(file);

    public Task<FetchOutcome> FetchAsync(ChannelConnection channel, string remoteId, Stream to, long limit, CancellationToken ct) =>
        media.FetchAsync(remoteId, to, limit, ct);

    public Task ShowTypingAsync(ChannelConnection channel, string chat, bool typing, CancellationToken ct) =>
        TryAsync(channel, Action(chat, typing ? "typing_on" : "typing_off"), ct);

    public Task ShowSeenAsync(ChannelConnection channel, string chat, CancellationToken ct) => TryAsync(channel, Action(chat, "mark_seen"), ct);

    // Groups do not exist for businesses there.
    public Task GreetGroupAsync(ChannelConnection channel, string chat, CancellationToken ct) => Task.CompletedTask;

    public Task<ProfileOutcome> FetchProfileAsync(ChannelConnection channel, string address, CancellationToken ct) => profiles.FetchAsync(channel, address, ct);

    public UpdateIdentity Identify(string body) => InstagramReader.Identify(body);

    public InboundNews Read(string body) => InstagramReader.Read(body);

    private static JsonObject To(string chat) => new() { ["id"] = chat };

    private static JsonObject Action(string chat, string action, JsonObject? payload = null)
    {
        var body = new JsonObject { ["recipient"] = To(chat), ["sender_action"] = action };
        if (payload is not null)
        {
            body["payload"] = payload;
        }

        return body;
    }

    // A page's token speaks for the account that it is linked to, and for nothing else.
    private string PathFor(ChannelConnection channel) =>
        channel.AccountId is { Length: > 0 } id && !graph.IsFacebook ? $"{Uri.EscapeDataString(id)}/messages" : "me/messages";

    /// <param name="channel">Whose.</param>
    /// <param name="body">Of one call.</param>
    /// <param name="done">What an answer without an error says; null where it is not the platform's.</param>
    /// <param name="patience">How long it may take; after that nobody can know.</param>
    /// <param name="ct">The caller's patience, beside our own.</param>
    private async Task<SendOutcome> CallAsync(
        ChannelConnection channel, JsonObject body, Func<JsonElement, SendOutcome?> done, TimeSpan patience, CancellationToken ct)
    {
        if (!InstagramGraph.IsToken(channel.Token))
        {
            return new SendOutcome.Refused("The access token is not valid", ChannelBroken: true);
        }

        if (ct.IsCancellationRequested)
        {
            return new SendOutcome.NotTaken("The server is stopping");
        }

        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            var answer = await graph.PostAsync(PathFor(channel), channel.Token, body, either.Token);
            return (answer.IsOk ? done(answer.Json!.Value) : null) ?? InstagramFailures.Outcome(answer, channel.Token);
        }
        catch (Exception failure)
        {
            // Every failure is an outcome, our own stop included: the request may have left before it.
            return InstagramFailures.Outcome(failure, gaveUp: either.IsCancellationRequested);
        }
    }

    // Courtesies: nobody misses one that fails.
    private async Task TryAsync(ChannelConnection channel, JsonObject body, CancellationToken ct)
    {
        if (!InstagramGraph.IsToken(channel.Token))
        {
            return;
        }

        using var limit = new CancellationTokenSource(CourtesyTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            await graph.PostAsync(PathFor(channel), channel.Token, body, either.Token);
        }
        catch (Exception)
        {
            // Whatever it is, a real message will meet it too, and say so.
        }
    }
}
