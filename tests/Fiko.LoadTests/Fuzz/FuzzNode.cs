using System.Text;

namespace Fiko.LoadTests.Fuzz;

/// <summary>JSON that may be none: members may be there twice, and a value may be anything that can be written.</summary>
internal sealed class FuzzNode
{
    private const string Characters = "\"{}[]:,\\\u0000\u0007\ufeffé\t\n/";

    // Beyond every limit of the server. Copies of copies would otherwise become gigabytes.
    private const int Longest = 200_000;

    private string? _raw;
    private List<(string Key, FuzzNode Value)>? _members;
    private List<FuzzNode>? _items;

    public static FuzzNode Raw(string text) => new() { _raw = text };

    public static FuzzNode Text(string text) => Raw(System.Text.Json.JsonSerializer.Serialize(text));

    public static FuzzNode Object(IEnumerable<(string Key, FuzzNode Value)> members) => new() { _members = [.. members.Select(m => (System.Text.Json.JsonSerializer.Serialize(m.Key), m.Value))] };

    public static FuzzNode Array(IEnumerable<FuzzNode> items) => new() { _items = [.. items] };

    public static FuzzNode Of(System.Text.Json.JsonElement good) => good.ValueKind switch
    {
        System.Text.Json.JsonValueKind.Object => Object(good.EnumerateObject().Select(m => (m.Name, Of(m.Value)))),
        System.Text.Json.JsonValueKind.Array => Array(good.EnumerateArray().Select(Of)),
        _ => Raw(good.GetRawText()),
    };

    public override string ToString()
    {
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    /// <summary>Changes its structure in so many places.</summary>
    public FuzzNode Mutate(FuzzChance chance, int times)
    {
        for (; times > 0; times--)
        {
            var all = new List<FuzzNode>();
            Collect(all);
            chance.Pick(all).Change(chance, isRoot: all.Count == 1);
        }

        return this;
    }

    /// <summary>Its text, now and then cut off or with a few characters that are others.</summary>
    public string Scribble(FuzzChance chance)
    {
        var text = new StringBuilder(ToString());
        for (var n = chance.OneIn(6) ? chance.Between(1, 4) : 0; n > 0 && text.Length > 0; n--)
        {
            var at = chance.Below(text.Length);
            _ = chance.Below(5) switch
            {
                0 => text.Remove(at, text.Length - at),
                1 => text.Remove(at, 1),
                2 => text.Insert(at, Characters[chance.Below(Characters.Length)]),
                3 => text.Insert(at, (char)chance.Between(0x20, 0x7e)),
                _ => text.Replace(text[at], (char)chance.Between(0x20, 0x7e), at, 1),
            };
        }

        return text.ToString();
    }

    private void Change(FuzzChance chance, bool isRoot)
    {
        if (_members is { Count: > 0 } && (isRoot || !chance.OneIn(4)))
        {
            ChangeMembers(chance, _members);
        }
        else if (_items is { Count: > 0 } && !chance.OneIn(3))
        {
            var at = chance.Below(_items.Count);
            _items.InsertRange(at, Enumerable.Repeat(_items[at], chance.Pick([1, 1, 20, 200])));
        }
        else if (chance.OneIn(8))
        {
            // Around what is there, as a list or a member of something.
            var inner = new FuzzNode { _raw = _raw, _members = _members, _items = _items };
            var isList = chance.OneIn(2);
            (_raw, _members, _items) = (null, isList ? null : [("\"value\"", inner)], isList ? [inner] : null);
        }
        else
        {
            (_raw, _members, _items) = (chance.OddValue(), null, null);
        }
    }

    private static void ChangeMembers(FuzzChance chance, List<(string Key, FuzzNode Value)> members)
    {
        var at = chance.Below(members.Count);
        var (key, value) = members[at];
        switch (chance.Below(7))
        {
            case 0:
                members.RemoveAt(at);
                break;
            case 1:
                members.Insert(chance.Below(members.Count + 1), (key, Raw(chance.OddValue())));
                break;
            case 2:
                members.Insert(chance.Below(members.Count + 1), (chance.Pick(["\"\"", "\"\\ud800\"", "\"__proto__\"", "\"$type\"", "\"id\"", "x", "1", "\"\\u0000\""]), Raw(chance.OddValue())));
                break;
            case 3:
                members[at] = (chance.Pick([key.ToUpperInvariant(), key.Replace("_", "", StringComparison.Ordinal), $"{key[..^1]} \"", "\"type\""]), value);
                break;
            case 4:
                (members[at], members[0]) = (members[0], members[at]);
                break;
            default:
                members[at] = (key, Raw(chance.OddValue()));
                break;
        }
    }

    private void Collect(List<FuzzNode> all)
    {
        all.Add(this);
        _members?.ForEach(m => m.Value.Collect(all));
        _items?.ForEach(i => i.Collect(all));
    }

    private void Write(StringBuilder to)
    {
        if (to.Length > Longest)
        {
            return;
        }

        if (_members is not null)
        {
            to.Append('{');
            for (var n = 0; n < _members.Count; n++)
            {
                to.Append(n == 0 ? "" : ",").Append(_members[n].Key).Append(':');
                _members[n].Value.Write(to);
            }

            to.Append('}');
        }
        else if (_items is not null)
        {
            to.Append('[');
            for (var n = 0; n < _items.Count; n++)
            {
                to.Append(n == 0 ? "" : ",");
                _items[n].Write(to);
            }

            to.Append(']');
        }
        else
        {
            to.Append(_raw);
        }
    }
}
