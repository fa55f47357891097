using System.Text.Json;
using Telegram.Bot.Requests;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Fiko.Infrastructure.Channels.Telegram;

/// <summary>
/// sendMessage that reads only the id out of the answer. Telegram.Bot's own request reads the whole message, with the one it
/// replies to inside, and fails on any part that it does not know, although the message was sent.
/// </summary>
internal sealed class SendTextRequest() : RequestBase<SentMessage>("sendMessage")
{
    public required long ChatId { get; init; }

    public required string Text { get; init; }

    public ReplyParameters? ReplyParameters { get; init; }
}

/// <summary>editMessageText, whose answer says nothing that is not known.</summary>
internal sealed class EditTextRequest() : RequestBase<JsonElement>("editMessageText")
{
    public required long ChatId { get; init; }

    public required long MessageId { get; init; }

    public required string Text { get; init; }
}

internal sealed class EditCaptionRequest() : RequestBase<JsonElement>("editMessageCaption")
{
    public required long ChatId { get; init; }

    public required long MessageId { get; init; }

    public required string Caption { get; init; }
}

internal sealed class DeleteRequest() : RequestBase<bool>("deleteMessage")
{
    public required long ChatId { get; init; }

    public required long MessageId { get; init; }
}

/// <summary>setMessageReaction; an empty list takes it back.</summary>
internal sealed class ReactRequest() : RequestBase<JsonElement>("setMessageReaction")
{
    public required long ChatId { get; init; }

    public required long MessageId { get; init; }

    public required IReadOnlyList<EmojiReaction> Reaction { get; init; }
}

internal sealed record EmojiReaction(string Emoji)
{
    public string Type { get; } = "emoji";
}

internal sealed class SentMessage
{
    public long MessageId { get; set; }
}

/// <summary>getFile; of its answer only the path is looked at.</summary>
internal sealed class FindFileRequest() : RequestBase<JsonElement>("getFile")
{
    public required string FileId { get; init; }
}

/// <summary>getChat, raw: a chat has dozens of fields, and one that the package does not know must not cost the name.</summary>
internal sealed class FindChatRequest() : RequestBase<JsonElement>("getChat")
{
    public required long ChatId { get; init; }
}

/// <summary>getUpdates with the updates as they came: they are stored raw.</summary>
internal sealed class FetchUpdatesRequest() : RequestBase<JsonElement[]>("getUpdates")
{
    public long? Offset { get; init; }

    public int Limit { get; init; }

    public int Timeout { get; init; }

    public IReadOnlyList<UpdateType>? AllowedUpdates { get; init; }
}
