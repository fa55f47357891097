using System.Globalization;
using Fiko.Application.Channels;
using Fiko.Domain.Channels;
using Microsoft.Extensions.Options;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace Fiko.Infrastructure.Channels.Telegram;

/// <summary>Telegram, through the Bot API. Each file beside this one is one of its abilities.</summary>
internal sealed partial class TelegramChannel(TelegramCalls calls, TelegramClients clients, IOptions<TelegramOptions> options) : IChannel, IPushesUpdates
{
    public string Name => ChannelName.Telegram;

    /// <summary>core.telegram.org/bots/api#setwebhook</summary>
    public string SecretHeader => "X-Telegram-Bot-Api-Secret-Token";

    /// <summary>A bot may answer for as long as it is not blocked.</summary>
    public AnswerWindow? Window => null;

    public SendLimits Limits { get; } = new(
        new SendRate(options.Value.ChatBurst, options.Value.ChatEvery), new SendRate(options.Value.AccountBurst, options.Value.AccountEvery));

    /// <summary>Telegram counts messages in each chat anew.</summary>
    public string ScopeOf(string chat) => chat;

    public IReadOnlyList<PlannedPart> Plan(string text, IReadOnlyList<FileFacts> files) => TelegramPlan.Of(text, files);

    // No parse mode: what the agent typed is what the customer reads.
    public Task<SendOutcome> SendAsync(ChannelConnection channel, OutgoingPart part, CancellationToken ct) => part.File is { } file
        ? calls.SendAsync(channel, part.Chat, (bot, chat, limited) => UploadAsync(bot, chat, part, file, limited), ct, upload: file.Facts.Size)
        : calls.SendAsync(
            channel,
            part.Chat,
            async (bot, chat, limited) =>
                IdOf(await bot.SendRequest(new SendTextRequest { ChatId = chat, Text = part.Text, ReplyParameters = ReplyTo(part) }, limited)),
            ct);

    public UpdateIdentity Identify(string body) => TelegramReader.Identify(body);

    public InboundNews Read(string body) => TelegramReader.Read(body);

    private static string? IdOf(SentMessage sent) => sent.MessageId > 0 ? sent.MessageId.ToString(CultureInfo.InvariantCulture) : null;

    // One that Telegram never gave (0) is refused by it in its own words.
    private static long IdOf(SentPart part) => TelegramCalls.TryNumber(part.ExternalId, out var id) ? id : 0;

    // An original that was deleted meanwhile must not cost the answer.
    private static ReplyParameters? ReplyTo(OutgoingPart part) =>
        int.TryParse(part.ReplyTo, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0
            ? new ReplyParameters { MessageId = id, AllowSendingWithoutReply = true }
            : null;
}
