using System.Diagnostics.CodeAnalysis;

namespace Fiko.Domain.Conversations;

/// <summary><c>att_123</c> on the wire, a number inside. Parsed once, at the door.</summary>
public readonly record struct AttachmentId(long Value)
{
    private const string Prefix = "att_";

    public override string ToString() => WireId.Write(Prefix, Value);

    public static bool TryParse([NotNullWhen(true)] string? text, out AttachmentId id)
    {
        var known = WireId.TryRead(text, Prefix, out var value);
        id = new(value);
        return known;
    }
}
