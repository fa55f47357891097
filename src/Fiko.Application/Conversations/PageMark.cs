using System.Globalization;

namespace Fiko.Application.Conversations;

/// <summary>Where the next page of a list begins: after this conversation. Opaque to clients.</summary>
internal readonly record struct PageMark(DateTimeOffset At, long Id)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.ToUnixTimeMilliseconds():x}-{Id:x}");

    public static bool TryRead(string? text, out PageMark mark)
    {
        mark = default;
        var parts = text?.Split('-');
        if (parts is not [var at, var id]
            || !long.TryParse(at, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var milliseconds)
            || !long.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var key)
            || milliseconds < 0 || milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
        {
            return false;
        }

        mark = new(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), key);
        return true;
    }
}
