using Fiko.Application.Channels;
using Telegram.Bot;

namespace Fiko.Infrastructure.Channels.Telegram;

/// <summary>Changing and taking back what was sent, and reacting to what was said.</summary>
internal sealed partial class TelegramChannel : IChangesMessages, IReactsToMessages
{
    private const string NotModified = "not modified";

    // Telegram lists its reactions without the sign that asks for a coloured picture; keyboards add it.
    private const string VariationSelector = "\uFE0F";

    public Task<SendOutcome> EditAsync(ChannelConnection channel, SentPart part, string text, CancellationToken ct) => calls.SendAsync(
        channel,
        part.Chat,
        async (bot, chat, limited) =>
        {
            await (part.IsCaption
                ? bot.SendRequest(new EditCaptionRequest { ChatId = chat, MessageId = IdOf(part), Caption = text }, limited)
                : bot.SendRequest(new EditTextRequest { ChatId = chat, MessageId = IdOf(part), Text = text }, limited));
            return part.ExternalId;
        },
        ct,
        alreadyDone: NotModified);

    public Task<SendOutcome> DeleteAsync(ChannelConnection channel, SentPart part, CancellationToken ct) => calls.SendAsync(
        channel,
        part.Chat,
        async (bot, chat, limited) =>
        {
            await bot.SendRequest(new DeleteRequest { ChatId = chat, MessageId = IdOf(part) }, limited);
            return part.ExternalId;
        },
        ct,
        alreadyDone: "message to delete not found");

    public Task<SendOutcome> ReactAsync(ChannelConnection channel, SentPart message, string? emoji, CancellationToken ct) => calls.SendAsync(
        channel,
        message.Chat,
        async (bot, chat, limited) =>
        {
            var plain = emoji?.Replace(VariationSelector, "", StringComparison.Ordinal);
            await bot.SendRequest(
                new ReactRequest { ChatId = chat, MessageId = IdOf(message), Reaction = plain is null ? [] : [new EmojiReaction(plain)] }, limited);
            return message.ExternalId;
        },
        ct);
}
