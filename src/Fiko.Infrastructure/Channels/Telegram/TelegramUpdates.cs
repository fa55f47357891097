using Telegram.Bot.Types.Enums;

namespace Fiko.Infrastructure.Channels.Telegram;

/// <summary>The kinds of updates that are asked for, by webhook and by polling alike. Reactions come only to those who name them.</summary>
internal static class TelegramUpdates
{
    public static IReadOnlyList<UpdateType> Wanted { get; } =
        [UpdateType.Message, UpdateType.EditedMessage, UpdateType.CallbackQuery, UpdateType.MyChatMember, UpdateType.MessageReaction];
}
