using System.Text;

namespace Fiko.FunctionalTests.BadInput;

/// <param name="Text">What is sent.</param>
/// <param name="Code">The documented code that answers it; null where it is odd, and yet to be taken.</param>
/// <param name="Field">The field that is named.</param>
public sealed record BadFrame(string Text, string? Code, string? Field = null);

/// <summary>Frames that no good client sends, each with the answer that protocol.md gives it.</summary>
internal static class BadFrameCases
{
    private const string Huge = "1e400";
    private static readonly string Digits = new('9', 400);
    private static readonly string Deep = new string('[', 40) + new string(']', 40);
    private static readonly string TooDeep = new string('[', 5000) + new string(']', 5000);

    private static readonly string[] NotText = ["1", "-1", "1.5", Huge, Digits, "true", "false", "[]", "{}", "[\"x\"]", "{\"a\":null}", Deep];
    private static readonly string[] NotNumber = ["1.5", Huge, Digits, "true", "[]", "{}", "\"1\"", "\"x\"", "\"\"", Deep];
    private static readonly string[] NotFlag = ["null", "0", "1", "\"true\"", "\"\"", "[]", "{}", Huge, Deep];
    private static readonly string[] NotMessage = ["\"\"", "\"1\"", "\"msg_\"", "\"msg_0\"", "\"msg_-1\"", "\"msg_1x\"", "\"MSG_1\"", "\"conv_1\"", $"\"msg_{Digits}\"", "\"msg_٣\"", .. NotText];

    public static IEnumerable<BadFrame> Chat() =>
    [
        .. NoObjects(),
        .. NoTypes(),
        .. Each("chat_message", "content", NotText, "\"content\":{0}"),
        .. Each("chat_message", "client_id", ["\"\"", "\"a b\"", "\"سلام\"", $"\"{new string('a', 65)}\"", "\"a\\n\"", .. NotText], "\"content\":\"x\",\"client_id\":{0}"),
        .. Each("chat_message", "reply_to", NotMessage, "\"content\":\"x\",\"reply_to\":{0}"),
        .. Each("chat_message", "attachments", ["1", "true", "\"x\"", "{}", "[\"file_1\"]", Huge], "\"content\":\"x\",\"attachments\":{0}"),
        .. Each("typing", "is_typing", NotFlag, "\"is_typing\":{0}"),
        .. Each("mark_read", "up_to", NotMessage, "\"up_to\":{0}"),
        .. Each("get_messages", "before", ["-1", .. NotNumber], "\"before\":{0}"),
        .. Each("get_messages", "after", ["-1", .. NotNumber], "\"after\":{0}"),
        .. Each("get_messages", "limit", ["0", "-1", "201", "99999999999", .. NotNumber], "\"limit\":{0}"),
        .. Each("retry_message", "message_id", ["null", .. NotMessage], "\"message_id\":{0}"),
        .. new[] { "", " ", "\\n\\t", "\\u00a0", "\\u2003" }.Select(t => new BadFrame($$"""{"type":"chat_message","content":"{{t}}"}""", "message_empty", "content")),
        new("""{"type":"chat_message"}""", "message_empty", "content"),
        new("""{"type":"chat_message","content":null}""", "message_empty", "content"),
        new($$"""{"type":"chat_message","content":"{{new string('x', 4097)}}"}""", "message_too_long", "content"),
        new("""{"type":"chat_message","content":"\ud800"}""", "invalid_field", "content"),
        new("""{"type":"chat_message","content":"x\udc00y"}""", "invalid_field", "content"),
        new("""{"type":"chat_message","content":"x","client_id":"\ud83d"}""", "invalid_field", "client_id"),
        new("""{"type":"typing"}""", "invalid_field", "is_typing"),
        new("""{"type":"retry_message"}""", "invalid_field", "message_id"),
        new("""{"type":"retry_message","message_id":"msg_9223372036854775807"}""", "message_not_found", "message_id"),
        new("""{"type":"chat_message","content":"x","reply_to":"msg_9223372036854775807"}""", "message_not_found", "reply_to"),
        new("""{"type":"mark_read","up_to":"msg_9223372036854775807"}""", "message_not_found", "up_to"),
        new("""{"type":"get_messages","before":1,"after":1}""", "invalid_field", "after"),
        new("""{"type":"get_conversations"}""", "unknown_event", "type"),
    ];

    public static IEnumerable<BadFrame> Inbox() =>
    [
        .. NoObjects(),
        .. NoTypes(),
        .. Each("get_conversations", "limit", ["0", "-1", "501", .. NotNumber], "\"limit\":{0}"),
        .. Each("get_conversations", "page", ["\"\"", "\"x\"", "\"-\"", "\"1-\"", "\"zz-1\"", "\"ffffffffffffffff-1\"", .. NotText], "\"page\":{0}"),
        .. Each("refresh_conversations", "filters", ["1", "true", "\"x\"", "[]"], "\"filters\":{0}"),
        .. Each("get_conversations", "filters.status", ["\"\"", "\"open\"", "\"Active\"", .. NotText], "\"filters\":{{\"status\":{0}}}"),
        .. Each("get_conversations", "filters.unread_only", ["1", "\"true\"", "[]"], "\"filters\":{{\"unread_only\":{0}}}"),
        .. Each("get_conversations", "filters.assigned_to", ["\"\"", "\"you\"", "\"\\ud800\"", "\"\\ud83dme\"", "true", "-1", "1.5", "[]", "{}", Huge, Digits], "\"filters\":{{\"assigned_to\":{0}}}"),
        .. Each("get_conversations", "filters.search", [.. NotText, $"\"{new string('x', 201)}\""], "\"filters\":{{\"search\":{0}}}"),
        new("""{"type":"chat_message","content":"x"}""", "unknown_event", "type"),
    ];

    private static IEnumerable<BadFrame> NoObjects() =>
        new[]
        {
            "", " ", "[]", "[{\"type\":\"ping\"}]", "1", "-0", "\"ping\"", "null", "true", "{", "}", "{\"type\"", "{\"type\":}", "{\"type\":\"ping\"", "{\"type\":\"ping\"}x",
            "{\"type\":\"ping\",}", "{'type':'ping'}", "{type:\"ping\"}", "// ping", "\u0000", "{\"type\":\"pi\nng\"}", "NaN", Huge, TooDeep, $"{{\"type\":\"ping\",\"x\":{TooDeep}}}", "{\"\\ud800\":1}", "{\"type\":\"ping\",\"\\udc00\":1}", "{\"type\":\"ping\",\"x\":[{\"\\uD83D\":1}]}", "﻿{\"type\":\"ping\"}",
        }.Select(text => new BadFrame(text, "invalid_json"));

    private static IEnumerable<BadFrame> NoTypes() =>
        new[]
        {
            "{}", "{\"type\":null}", "{\"type\":1}", "{\"type\":[\"ping\"]}", "{\"type\":{}}", "{\"type\":\"\"}", "{\"type\":\"PING\"}", "{\"type\":\" ping\"}", "{\"Type\":\"ping\"}", "{\"type\":\"\\ud800\"}",
            "{\"type\":\"پینگ\"}", "{\"type\":\"__proto__\"}", "{\"type\":\"user_presence\"}", "{\"type\":\"error\"}", $"{{\"type\":\"{new string('a', 10_000)}\"}}", "{\"type\":true,\"content\":\"x\"}",
        }.Select(text => new BadFrame(text, "unknown_event", "type"));

    private static IEnumerable<BadFrame> Each(string type, string field, string[] values, string body) =>
        values.Select(value => new BadFrame($"{{\"type\":\"{type}\",{string.Format(System.Globalization.CultureInfo.InvariantCulture, body, value)}}}", "invalid_field", field));

    /// <summary>Good frames with a few bytes changed. What they become is anybody's guess; the text stays UTF-8.</summary>
    public static IEnumerable<string> Mutated(Random chance, int count)
    {
        string[] good =
        [
            """{"type":"chat_message","content":"hello","client_id":"c1"}""", """{"type":"typing","is_typing":true}""", """{"type":"mark_read","up_to":"msg_1"}""",
            """{"type":"get_messages","before":10,"limit":5}""", """{"type":"get_conversations","limit":10,"filters":{"status":"active"}}""", """{"type":"ping"}""",
        ];
        for (var i = 0; i < count; i++)
        {
            var text = new StringBuilder(good[chance.Next(good.Length)]);
            for (var n = chance.Next(1, 5); n > 0; n--)
            {
                var at = chance.Next(text.Length);
                _ = chance.Next(4) switch
                {
                    0 => text.Remove(at, 1),
                    1 => text.Insert(at, (char)chance.Next(0x20, 0x7f)),
                    2 => text.Insert(at, "\"{}[]:,\\u0000é😀"[chance.Next(10)]),
                    _ => text.Replace(text[at], (char)chance.Next(0x20, 0x7f), at, 1),
                };
            }

            yield return text.ToString();
        }
    }
}
