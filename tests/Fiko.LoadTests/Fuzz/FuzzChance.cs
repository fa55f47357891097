using System.Globalization;
using System.Text;

namespace Fiko.LoadTests.Fuzz;

/// <summary>One client's chance, the same for the same seed, and the odd values that break programs.</summary>
internal sealed class FuzzChance(int seed)
{
    private static readonly string Digits = new('9', 400);

    private static readonly string[] Odd =
    [
        "null", "true", "false", "0", "-0", "-1", "1", "1.5", "1e400", "-1e400", "1e-400", "2147483647", "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808", Digits, $"0.{Digits}", "NaN", "Infinity", "0x10", "01", "+1", ".5", "\"\"", "\" \"", "\"x\"", "\"\\u0000\"", "\"\\ud800\"", "\"x\\udc00y\"", "\"\\ud83d\\ud83d\\ude00\"",
        "\"\\u202e\\u200f\\ufeff\"", "\"\\uffff\\ufffe\"", "\"سلام\\u200cها\"", "\"👩‍👩‍👧‍👦\"", "\"%00%s%n{0}\"", "\"' OR 1=1 --\"", "\"<script>\"", "\"../../etc/passwd\"", "\"\\\\\\\"\"", "'x'", "\"x", "undefined",
        "[]", "[null]", "[[]]", "[1,\"a\",{}]", "{}", "{\"a\":null}", "{\"\":{}}", "\"conv_1\"", "\"conv_0\"", "\"conv_-1\"", "\"conv_1 \"", "\"msg_1\"", "\"msg_0\"", $"\"msg_{Digits}\"", "\"att_1\"", "\"msg_٣\"",
        "\"0001-01-01\"", "\"9999-12-31T23:59:59.999Z\"", "\"2024-02-30\"", "\"me\"", "\"none\"", "\"true\"", "\"1\"",
    ];

    private readonly Random _random = new(seed);

    public int Below(int end) => _random.Next(end);

    public int Between(int first, int last) => _random.Next(first, last + 1);

    public bool OneIn(int n) => _random.Next(n) == 0;

    public T Pick<T>(IReadOnlyList<T> of) => of[_random.Next(of.Count)];

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>A value as it stands in JSON, or as it would if it were JSON.</summary>
    public string OddValue() => _random.Next(40) switch
    {
        0 => Nested(Between(2, 70)),
        1 => Nested(Pick([500, 3000, 20_000])),
        2 => $"\"{new string('x', Pick([65, 201, 256, 4097, 20_000]))}\"",
        3 => $"\"{new string('ش', Pick([33, 2049, 8000]))}\"",
        4 => $"\"{new string('y', Pick([65_000, 70_000]))}\"",
        5 => $"[{string.Join(',', Enumerable.Repeat(Pick(["1", "null", "\"att_1\"", "{}"]), Pick([11, 101, 2000])))}]",
        6 => _random.NextInt64(long.MinValue, long.MaxValue).ToString(CultureInfo.InvariantCulture),
        7 => $"\"{string.Concat(Enumerable.Range(0, Between(1, 12)).Select(_ => $"\\u{_random.Next(0x10000):x4}"))}\"",
        _ => Pick(Odd),
    };

    /// <summary>An unquoted value, for a query, a path or a header.</summary>
    public string OddText() => OddValue().Trim('"');

    public string Word() => new(Enumerable.Range(0, Between(1, 12)).Select(_ => (char)Between('a', 'z')).ToArray());

    /// <summary>The bytes of a text, now and then with some that are no UTF-8.</summary>
    public byte[] Encode(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (!OneIn(40))
        {
            return bytes;
        }

        var at = Below(bytes.Length + 1);
        return [.. bytes[..at], .. Pick<byte[]>([[0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xC0, 0x80], [0xE2, 0x82]]), .. bytes[at..]];
    }

    private string Nested(int depth) => OneIn(2)
        ? new string('[', depth) + new string(']', depth)
        : string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
}
