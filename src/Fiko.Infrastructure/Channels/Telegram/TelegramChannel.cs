using System.Globalization;
using Fiko.Application.Channels;
using Fiko.Application.Messaging;
using Fiko.Domain.Channels;
using Microsoft.Extensions.Options;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Fiko.Infrastructure.Channels.Telegram;

/// <summary>Telegram, through the Bot API.</summary>
internal sealed class TelegramChannel(TelegramClients clients, IOptions<DeliveryOptions> options, TimeProvider time) : IChannel, IChangesMessages, IShowsCourtesy
{
    // Telegram's limit is 4096 characters; in UTF-16 units it holds however those are counted (channels.md, 1.7).
    private const int LongestText = 4096;

    private const string GroupGreeting =
        "سلام! من فقط در گفتگوی خصوصی پاسخ می‌دهم. لطفاً پیام خود را همان‌جا برای من بفرستید.\n\n"
        + "Hello! I only answer in private chats. Please send me your message there.";

    private static readonly TimeSpan CourtesyTimeout = TimeSpan.FromSeconds(5);

    public string Name => ChannelName.Telegram;

    public AnswerWindow? Window => null;

    public SendLimits Limits { get; } = new(new SendRate(5, TimeSpan.FromSeconds(1)), new SendRate(30, TimeSpan.FromMilliseconds(34)));

    // Message ids count within a chat (core.telegram.org/bots/api#message).
    public string ScopeOf(string chat) => chat;

    public IReadOnlyList<PlannedPart> Plan(string text, IReadOnlyList<FileFacts> files) =>
        [.. TextSplitter.Split(text, LongestText, TextSplitter.Utf16Units).Select(part => new PlannedPart(part))];

    // No parse mode: what the agent typed is what the customer reads.
    public Task<SendOutcome> SendAsync(ChannelConnection channel, OutgoingPart part, CancellationToken ct) => CallAsync(
        channel,
        part.Chat,
        async (bot, chat, limited) =>
        {
            var sent = await bot.SendRequest(new SendTextRequest { ChatId = chat, Text = part.Text, ReplyParameters = ReplyTo(part) }, limited);
            return new SendOutcome.Sent(sent.MessageId > 0 ? sent.MessageId.ToString(CultureInfo.InvariantCulture) : null);
        },
        ct);

    public Task<SendOutcome> EditAsync(ChannelConnection channel, SentPart part, string text, CancellationToken ct) => CallAsync(
        channel,
        part.Chat,
        async (bot, chat, limited) =>
        {
            await bot.SendRequest(new EditTextRequest { ChatId = chat, MessageId = IdOf(part), Text = text }, limited);
            return new SendOutcome.Sent(part.ExternalId);
        },
        ct,
        alreadyDone: "message is not modified");

    public Task<SendOutcome> DeleteAsync(ChannelConnection channel, SentPart part, CancellationToken ct) => CallAsync(
        channel,
        part.Chat,
        async (bot, chat, limited) =>
        {
            await bot.SendRequest(new DeleteRequest { ChatId = chat, MessageId = IdOf(part) }, limited);
            return new SendOutcome.Sent(part.ExternalId);
        },
        ct,
        alreadyDone: "message to delete not found");

    // Telegram ends it by itself, after 5 seconds.
    public Task ShowTypingAsync(ChannelConnection channel, string chat, bool typing, CancellationToken ct) =>
        typing ? TryAsync(channel, chat, (bot, id, limited) => bot.SendChatAction(id, ChatAction.Typing, cancellationToken: limited), ct) : Task.CompletedTask;

    // A bot can't show that it has read.
    public Task ShowSeenAsync(ChannelConnection channel, string chat, CancellationToken ct) => Task.CompletedTask;

    public Task GreetGroupAsync(ChannelConnection channel, string chat, CancellationToken ct) =>
        TryAsync(channel, chat, (bot, id, limited) => bot.SendRequest(new SendTextRequest { ChatId = id, Text = GroupGreeting }, limited), ct);

    public UpdateIdentity Identify(string body) => TelegramReader.Identify(body);

    public InboundNews Read(string body) => TelegramReader.Read(body);

    /// <param name="channel">Which bot.</param>
    /// <param name="chat">Where.</param>
    /// <param name="call">One call.</param>
    /// <param name="ct">The caller's patience, beside our own.</param>
    /// <param name="alreadyDone">What Telegram answers where the call was made before: that is as good as done.</param>
    private async Task<SendOutcome> CallAsync(
        ChannelConnection channel, string chat, Func<ITelegramBotClient, long, CancellationToken, Task<SendOutcome>> call, CancellationToken ct, string? alreadyDone = null)
    {
        if (!TelegramClients.IsToken(channel.Token))
        {
            return new SendOutcome.Refused("The bot token is not valid", ChannelBroken: true);
        }

        if (!TryNumber(chat, out var id))
        {
            return new SendOutcome.Refused("Bad Request: chat not found");
        }

        if (ct.IsCancellationRequested)
        {
            return new SendOutcome.NotTaken("The server is stopping");
        }

        using var limit = new CancellationTokenSource(options.Value.SendTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            return await call(clients.For(channel.Token), id, either.Token);
        }
        catch (ApiRequestException done) when (alreadyDone is not null && done.Message.Contains(alreadyDone, StringComparison.OrdinalIgnoreCase))
        {
            return new SendOutcome.Sent(null);
        }
        catch (Exception failure)
        {
            // Every failure is an outcome, our own stop included: the request may have left before it.
            return TelegramFailures.Outcome(failure, channel.Token, gaveUp: either.IsCancellationRequested);
        }
    }

    // Courtesies: nobody misses one that fails.
    private async Task TryAsync(ChannelConnection channel, string chat, Func<ITelegramBotClient, long, CancellationToken, Task> say, CancellationToken ct)
    {
        if (!TelegramClients.IsToken(channel.Token) || !TryNumber(chat, out var id))
        {
            return;
        }

        using var limit = new CancellationTokenSource(CourtesyTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            await say(clients.For(channel.Token), id, either.Token);
        }
        catch (Exception)
        {
            // Whatever it is, a real message will meet it too, and say so.
        }
    }

    // An original that was deleted meanwhile must not cost the answer.
    private static ReplyParameters? ReplyTo(OutgoingPart part) =>
        int.TryParse(part.ReplyTo, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0
            ? new ReplyParameters { MessageId = id, AllowSendingWithoutReply = true }
            : null;

    // One that Telegram never gave (0) is refused by it in its own words.
    private static long IdOf(SentPart part) => TryNumber(part.ExternalId, out var id) ? id : 0;

    private static bool TryNumber(string chat, out long id) =>
        long.TryParse(chat, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out id);
}
