using System.Text.Json.Serialization;

namespace Fiko.WebApi.Sandbox.Instagram;

/// <summary>A thread as the customer sees it.</summary>
/// <param name="Items">Oldest first.</param>
/// <param name="Typing">Whether the business is shown typing.</param>
/// <param name="Blocked">Whether the customer wants nothing more.</param>
/// <param name="Seen">Whether the business has marked the customer's last message as seen.</param>
/// <param name="ReadUpTo">The newest of the business' messages that the customer has read.</param>
/// <param name="OpenUntil">When the business can no longer answer.</param>
/// <param name="TaggedUntil">When not even a person of the business can, by the tag for that.</param>
internal sealed record ThreadView(
    IReadOnlyList<ThreadView.Item> Items, bool Typing, bool Blocked, bool Seen, string? ReadUpTo, DateTimeOffset? OpenUntil, DateTimeOffset? TaggedUntil)
{
    /// <summary>A thread that was never opened looks like an empty one.</summary>
    public static readonly ThreadView Empty = new([], false, false, false, null, null, null);

    public sealed record Item(
        string Id, string From, string Kind, string Text, DateTimeOffset Date, bool Edited, string? ReplyTo, bool Deleted,
        IReadOnlyList<File> Files, IReadOnlyList<Reaction> Reactions)
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Tag { get; init; }

        public static Item Of(ThreadMessage message) => new(
            message.Mid, message.FromBusiness ? "business" : "customer", message.Content.Kind, message.Content.Text ?? "",
            message.Date, message.Edits > 0, message.Content.ReplyTo, message.Deleted,
            [.. message.Content.Attachments.Where(a => a.Path is not null).Select(a => new File(a.Type, a.Path!, a.Name ?? a.Title ?? a.Type))],
            [.. ReactionsOf(message)])
        {
            Tag = message.Tag,
        };

        private static IEnumerable<Reaction> ReactionsOf(ThreadMessage message)
        {
            if (message.CustomersReaction is { } own)
            {
                yield return new(own, "customer");
            }

            if (message.BusinessReaction is { } theirs)
            {
                yield return new(theirs, "business");
            }
        }
    }

    public sealed record File(string Kind, string Url, string Name);

    public sealed record Reaction(string Emoji, string From);
}
