namespace Fiko.Domain.Shared;

/// <summary>A rule of the domain says no. The code is one of the protocol's error codes (protocol.md, section 4).</summary>
public sealed class RuleBrokenException(string code, string message, string? field = null) : Exception(message)
{
    public string Code { get; } = code;

    /// <summary>The request's field at fault, in its wire name; null where no single one is.</summary>
    public string? Field { get; } = field;

    /// <summary>What else the asker may know of it, by wire name: who has what they wanted, say.</summary>
    public IReadOnlyDictionary<string, object?> Facts { get; init; } = new Dictionary<string, object?>();
}
