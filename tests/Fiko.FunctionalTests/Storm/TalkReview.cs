using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Storm;

/// <summary>Compares how messages ended with what is on the customer's phone. Each word is another one, so that a part that comes twice shows.</summary>
internal sealed class TalkReview
{
    private readonly List<string> _differences = [];

    /// <summary>All that is not as it must be, in words.</summary>
    public IReadOnlyList<string> Differences => _differences;

    /// <summary>How many messages ended in which way.</summary>
    public Dictionary<string, int> Ends { get; } = [];

    /// <summary>How many were shown as uncertain before an echo said that they are there.</summary>
    public int Certain { get; private set; }

    /// <param name="label">The message's name, of which its words are made.</param>
    /// <param name="length">Characters, or a few more.</param>
    public static string TextOf(string label, int length)
    {
        var words = new List<string>();
        for (var total = 0; total < length; total += words[^1].Length + 1)
        {
            words.Add($"{label}.{words.Count + 1}");
        }

        return string.Join(' ', words);
    }

    public void Compare(ShopCustomer customer, IReadOnlyList<JsonElement> shown, LiveChat live, IReadOnlyList<Shown> phone)
    {
        var ours = shown.Where(m => m.Text("type") is "support").ToList();
        var arrived = phone.SelectMany(p => p.Text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)).ToLookup(w => w[..w.IndexOf('.', StringComparison.Ordinal)]);
        Expect(customer, "the numbers", string.Join(' ', Enumerable.Range(1, shown.Count)), string.Join(' ', shown.Select(m => m.Number("seq"))));
        foreach (var message in ours)
        {
            Compare(customer, message, live, [.. arrived[message.Text("client_id")!]]);
        }

        Expect(
            customer,
            "the order on the phone",
            string.Join(' ', ours.Select(m => m.Text("client_id")!).Where(arrived.Contains)),
            string.Join(' ', arrived.Select(a => a.Key)));
    }

    private void Compare(ShopCustomer customer, JsonElement message, LiveChat live, string[] arrived)
    {
        var (label, status, words) = (message.Text("client_id")!, message.Text("status")!, message.Text("content")!.Split(' '));
        Ends[status] = Ends.GetValueOrDefault(status) + 1;
        Expect(customer, $"what arrived of {label}, {status}", string.Join(' ', words.Take(arrived.Length)), string.Join(' ', arrived));
        var whole = arrived.Length == words.Length;
        var fits = status switch
        {
            "sent" => whole,
            "failed" => !whole,
            "uncertain" => !whole || !customer.OnInstagram,
            _ => false,
        };
        Expect(customer, $"{label}, {status}, with {arrived.Length} of {words.Length} words arrived", "fits", fits ? "fits" : "does not fit");
        var result = live.Results.TryGetValue(message.Text("id")!, out var told) ? told : default;
        Expect(
            customer,
            $"what the frames said last of {label}",
            status == "sent" ? "success" : "a reason",
            result.ValueKind is JsonValueKind.Undefined ? "nothing"
                : result.At("success").GetBoolean() ? "success"
                : result.TryGetProperty("error", out var error) && !string.IsNullOrWhiteSpace(error.GetString()) ? "a reason"
                : "no reason");
        Certain += status == "sent" && live.WasUncertain.Contains(message.Text("id")!) ? 1 : 0;
    }

    private void Expect(ShopCustomer customer, string what, string expected, string actual)
    {
        if (expected != actual)
        {
            _differences.Add($"{customer.Name}, {what}\n  must be: {expected}\n  is:      {actual}");
        }
    }
}
