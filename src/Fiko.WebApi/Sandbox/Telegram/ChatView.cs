using System.Text.Json.Serialization;

namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>A chat as those on the customers' side see it.</summary>
internal sealed record ChatView(IEnumerable<ChatView.Item> Items, bool Typing, bool Blocked)
{
    /// <summary>A chat that was never opened looks like an empty one.</summary>
    public static ChatView Of(SandboxChat? chat)
    {
        if (chat is null)
        {
            return new([], false, false);
        }

        var (messages, typing, blocked) = chat.Look();
        return new(messages.Select(m => Item.Of(m, chat.IsGroup)), typing, blocked);
    }

    public sealed record Item(int Id, string From, string Kind, string Text, DateTimeOffset Date, bool Edited, int? ReplyTo, bool Deleted, FileItem[] Files, Reaction[] Reactions)
    {
        /// <summary>The messages of an album share it.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? MediaGroupId { get; init; }

        /// <summary>Told in a group alone: which of the customers.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public SandboxPerson? Sender { get; init; }

        public static Item Of(SandboxMessage message, bool inGroup) =>
            new(message.Id, message.Sender is null ? "bot" : "customer", message.Content.Kind, message.Content.Text ?? "",
                message.Date, message.EditedAt is not null, message.ReplyTo, message.Deleted, FileItem.Of(message), Reaction.Of(message))
            {
                MediaGroupId = message.Content.Album,
                Sender = inGroup ? message.Sender : null,
            };
    }

    public sealed record FileItem(string Kind, string? Name, string Url, long Size, string MediaType)
    {
        public static FileItem[] Of(SandboxMessage message) => message.Content.File is { } file
            ? [new(file.Kind, file.Name, $"/sandbox/telegram/media/{file.Key}", file.Size, file.MediaType)]
            : [];
    }

    public sealed record Reaction(string Emoji, string From)
    {
        public static Reaction[] Of(SandboxMessage message) =>
            [.. By(message.CustomerReaction, "customer"), .. By(message.BotReaction, "bot")];

        private static IEnumerable<Reaction> By(string? emoji, string from) => emoji is null ? [] : [new(emoji, from)];
    }
}
