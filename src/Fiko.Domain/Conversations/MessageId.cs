using System.Diagnostics.CodeAnalysis;

namespace Fiko.Domain.Conversations;

/// <summary><c>msg_123</c> on the wire, a number inside. Parsed once, at the door.</summary>
public readonly record struct MessageId(long Value)
{
    private const string Prefix = "msg_";

    public override string ToString() => WireId.Write(Prefix, Value);

    public static bool TryParse([NotNullWhen(true)] string? text, out MessageId id)
    {
        var known = WireId.TryRead(text, Prefix, out var value);
        id = new(value);
        return known;
    }
}
