using System.Globalization;

namespace Fiko.Application.Search;

/// <summary>Where a page of hits ended: messages and customers below these ids are still to come. Opaque to clients.</summary>
internal readonly record struct SearchMark(long Message, long Customer)
{
    public static readonly SearchMark Start = new(long.MaxValue, long.MaxValue);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Message:x}-{Customer:x}");

    public static bool TryRead(string? text, out SearchMark mark)
    {
        mark = Start;
        if (text?.Split('-') is not [var message, var customer]
            || !long.TryParse(message, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var m)
            || !long.TryParse(customer, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var c)
            || m < 0 || c < 0)
        {
            return false;
        }

        mark = new SearchMark(m, c);
        return true;
    }
}
