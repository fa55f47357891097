using System.Globalization;
using System.Text.Json;

namespace Fiko.Infrastructure.Channels.Instagram;

/// <summary>One thing that happened in one account, out of a webhook's envelope.</summary>
/// <param name="Account">The account it came for, as the envelope names it; empty where it does not.</param>
/// <param name="Field">The name of what was subscribed, for items that came as a change; null for plain messaging items.</param>
/// <param name="Value">The item.</param>
internal readonly record struct InstagramItem(string Account, string? Field, JsonElement Value)
{
    private const int LongestId = 100;

    /// <summary>A year in seconds is below this for ages to come, one in milliseconds has been above it since 1973.</summary>
    private const double FewestMilliseconds = 1e11;
    private const double LastMillisecond = 253_402_300_799_999;

    public string? Sender => Person("sender");

    public string? Recipient => Person("recipient");

    /// <summary>The customer: whoever of the two is not the account.</summary>
    public string? Customer => FromAccount ? Recipient : Sender;

    /// <summary>Said by its mark as well as by its sender.</summary>
    public bool FromAccount => Value.Object("message")?.IsTrue("is_echo") is true || (Sender is { } sender && sender == Account);

    public DateTimeOffset? At => Milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    /// <summary>Meta sends milliseconds; its dashboard sends seconds, both as text, and others were seen to write a date.</summary>
    public long? Milliseconds
    {
        get
        {
            var number = Value.Number("timestamp");
            if (number is null && Value.Text("timestamp") is { } text)
            {
                if (double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var digits))
                {
                    number = digits;
                }
                else if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
                {
                    number = date.ToUnixTimeMilliseconds();
                }
            }

            var milliseconds = number < FewestMilliseconds ? number * 1000 : number;
            return milliseconds is > 0 and <= LastMillisecond ? (long)milliseconds : null;
        }
    }

    /// <summary>An id as text, whether it came as text or as a number. Null for what can't be one.</summary>
    public static string? Id(JsonElement parent, string name) =>
        (parent.Text(name)?.Trim() ?? parent.Integer(name)) is { Length: > 0 and <= LongestId } id && id.All(c => c is > ' ' and < '\x7f') ? id : null;

    private string? Person(string side) => Value.Object(side) is { } person ? Id(person, "id") : null;
}
