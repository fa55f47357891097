using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fiko.Application.Channels;

namespace Fiko.Infrastructure.Channels.Instagram;

/// <summary>
/// What makes an item the same when it comes again: its kind, the message's id, and what sets two of a kind about one message apart.
/// The platform gives items no ids of their own.
/// </summary>
internal static class InstagramIdentity
{
    private const int LongestKey = 200;
    private const int LongestMid = 255;

    public static UpdateIdentity Of(InstagramItem item) => new(KeyOf(item) ?? Hash($"{item.Field}:{Raw(item.Value)}"), item.Customer ?? "");

    /// <summary>The platform's id of a message; one that is longer than the platform's ever were is kept as its hash.</summary>
    public static string? Mid(JsonElement parent) => Mid(parent.Text("mid"));

    public static string? Mid(string? mid) => mid?.Trim() switch
    {
        null or "" => null,
        { Length: <= LongestMid } id when id.All(c => c is > ' ' and < '\x7f') => id,
        var id => Hash(id),
    };

    public static string Hash(string text) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    public static string Hash(JsonElement item) => Hash(Raw(item));

    private static string Raw(JsonElement item) => item.ValueKind is JsonValueKind.Undefined ? "null" : item.GetRawText();

    // A time that can't be read is no mark: then the whole item is its own.
    private static string? KeyOf(InstagramItem item)
    {
        if (item.Field is { } field && !InstagramReader.IsMessaging(field))
        {
            return null;
        }

        var at = item.Milliseconds?.ToString(CultureInfo.InvariantCulture);
        var value = item.Value;
        var parts = value.Object("message") is { } message ? Parts(KindOf(item, message), Mid(message))
            : value.Object("message_edit") is { } edit ? Parts("edit", Mid(edit), edit.Integer("num_edit") ?? edit.Text("num_edit") ?? "")
            : value.Object("reaction") is { } reaction ? Parts("reaction", Mid(reaction), item.Sender, reaction.Text("action"), at)
            : value.Object("read") is { } read ? Parts("read", Mid(read), at)
            : value.Object("postback") is { } postback ? Parts("postback", Mid(postback))
            : null;
        return parts is null ? null : parts.Length > LongestKey ? Hash(parts) : parts;
    }

    private static string KindOf(InstagramItem item, JsonElement message) =>
        message.IsTrue("is_deleted") ? "deleted" : item.FromAccount ? "echo" : "message";

    private static string? Parts(params string?[] parts) => parts.Contains(null) ? null : string.Join(':', parts);
}
