using Fiko.Application.Channels;
using Telegram.Bot;
using Telegram.Bot.Types.Enums;

namespace Fiko.Infrastructure.Channels.Telegram;

/// <summary>Signs of attention (core.telegram.org/bots/api#sendchataction): typing ends by itself, and a bot cannot show that it has read.</summary>
internal sealed partial class TelegramChannel : IShowsCourtesy
{
    private const string GroupGreeting =
        "سلام! من فقط در گفتگوی خصوصی پاسخ می‌دهم. لطفاً پیام خود را همان‌جا برای من بفرستید.\n\n"
        + "Hello! I only answer in private chats. Please send me your message there.";

    public Task ShowTypingAsync(ChannelConnection channel, string chat, bool typing, CancellationToken ct) => typing
        ? calls.TryAsync(channel, chat, (bot, id, limited) => bot.SendChatAction(id, ChatAction.Typing, cancellationToken: limited), ct)
        : Task.CompletedTask;

    public Task ShowSeenAsync(ChannelConnection channel, string chat, CancellationToken ct) => Task.CompletedTask;

    public Task GreetGroupAsync(ChannelConnection channel, string chat, CancellationToken ct) =>
        calls.TryAsync(channel, chat, (bot, id, limited) => bot.SendRequest(new SendTextRequest { ChatId = id, Text = GroupGreeting }, limited), ct);
}
