using System.Text;

namespace Fiko.FunctionalTests.BadInput;

/// <summary>Bodies that Instagram could have signed and that no page of it shows. The same each time.</summary>
internal sealed class BadInstagramBodies(string account)
{
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1.5", "1e400", new('9', 400), "2147483648", "9223372036854775808", "\"\"", "\"x\"", "\"\\ud800\"", "[]", "[1]", "{}", "{\"id\":1}",
        new string('[', 40) + new string(']', 40), new string('[', 5000) + new string(']', 5000),
    ];

    private readonly Random _chance = new(20261123);
    private int _number;

    /// <summary>In each one's words stands its mark, unless nothing is said in it.</summary>
    public static string Mark(int number) => $"a-text-that-nobody-else-may-read-{number}-";

    public IEnumerable<BadBody> All()
    {
        foreach (var value in Values)
        {
            yield return new BadBody(Utf8(value));
            foreach (var place in Places(value))
            {
                yield return place;
            }
        }

        yield return Marked($"{Body(Entry(Item()))[..^1]},\"entry\":[]}}");
        yield return Marked(Body($"{Entry(Item())},\"messaging\":[]"));
        yield return Marked(Body(Entry(Item()).Replace("\"message\":", "\"message\":null,\"message\":", StringComparison.Ordinal)));
        yield return Marked(Body(Entry(Item()).Replace("\"text\":", "\"text\":null,\"text\":", StringComparison.Ordinal)));
        yield return Marked(Body(Entry(Item()).Replace("\"messaging\"", "\"messagings\"", StringComparison.Ordinal)));
        yield return Marked(Body(Entry(Item()).Replace(Mark(_number), Mark(_number) + new string('ش', 500_000), StringComparison.Ordinal)));
        yield return Marked(Body(Entry(string.Join(',', Enumerable.Range(0, 200).Select(_ => Item())))));
        yield return new BadBody([]);
        yield return new BadBody([0xFF, 0xFE, 0x00]);
        yield return Marked([.. Utf8(Body(Entry(Item()))[..^6]), 0xC3, 0x28, .. Utf8("\"}}]}]}")]);
        for (var n = 0; n < 100; n++)
        {
            var bytes = Utf8(Body(Entry(Item())));
            for (var changes = _chance.Next(1, 6); changes > 0; changes--)
            {
                bytes[_chance.Next(bytes.Length)] = (byte)_chance.Next(256);
            }

            yield return Marked(n % 2 == 0 ? bytes : bytes[.._chance.Next(bytes.Length)]);
        }
    }

    private IEnumerable<BadBody> Places(string value)
    {
        // What names another kind of thing, or another account, is nobody's here.
        yield return new BadBody(Utf8(Body(Entry(Item())).Replace("\"instagram\"", value, StringComparison.Ordinal)));
        yield return new BadBody(Utf8($"{{\"object\":\"instagram\",\"entry\":{value}}}"));
        yield return new BadBody(Utf8(Body(Entry(Item())).Replace($"\"id\":\"{account}\",", $"\"id\":{value},", StringComparison.Ordinal)));
        yield return Marked(Body($"\"id\":\"{account}\",\"time\":{value},\"messaging\":[{Item()}]"));
        foreach (var list in new[] { "messaging", "standby", "changes" })
        {
            yield return new BadBody(Utf8(Body($"\"id\":\"{account}\",\"time\":{++_number},\"{list}\":{value}")), IsEmpty: value is "[]");
        }

        foreach (var field in new[] { "sender", "recipient", "timestamp", "message_edit", "reaction", "read", "postback" })
        {
            yield return Marked(Body(Entry(Item().Replace("\"message\":", $"\"{field}\":{value},\"message\":", StringComparison.Ordinal))));
            yield return new BadBody(Utf8(Body(Entry($"{{\"timestamp\":{1_760_000_000_000 + ++_number},\"{field}\":{value}}}"))), IsEmpty: false);
        }

        foreach (var field in new[] { "mid", "text", "attachments", "reply_to", "quick_reply", "is_echo" })
        {
            yield return Marked(Body(Entry(Item().Replace("\"text\":", $"\"{field}\":{value},\"text\":", StringComparison.Ordinal))));
        }

        yield return Marked(Body(Entry(Item().Replace("\"text\":", $"\"attachments\":[{value}],\"text\":", StringComparison.Ordinal))));
        yield return Marked(Body(Entry(Item().Replace("\"text\":", $"\"attachments\":[{{\"type\":\"image\",\"payload\":{value}}}],\"text\":", StringComparison.Ordinal))));
    }

    private BadBody Marked(string body) => Marked(Utf8(body));

    private BadBody Marked(byte[] body) => new(body, IsEmpty: false, Mark(_number));

    private string Item()
    {
        _number++;
        return $"{{\"sender\":{{\"id\":\"77\"}},\"recipient\":{{\"id\":\"{account}\"}},\"timestamp\":1760000000000,\"message\":{{\"mid\":\"bad_{_number}\",\"text\":\"{Mark(_number)}\"}}}}";
    }

    private string Entry(string items) => $"\"id\":\"{account}\",\"time\":1760000000000,\"messaging\":[{items}]";

    private static string Body(string entry) => $"{{\"object\":\"instagram\",\"entry\":[{{{entry}}}]}}";

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}

/// <param name="Bytes">As they are signed.</param>
/// <param name="IsEmpty">Nothing is said in it, or to nobody here; null where that depends.</param>
/// <param name="Mark">What has to be found again.</param>
internal sealed record BadBody(byte[] Bytes, bool? IsEmpty = null, string? Mark = null)
{
    public string Text { get; } = Encoding.UTF8.GetString(Bytes);
}
