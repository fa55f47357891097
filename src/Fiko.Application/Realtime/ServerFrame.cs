using System.Text.Json.Serialization;

namespace Fiko.Application.Realtime;

/// <summary>A frame that the server sends. Its type is its name on the wire (protocol.md, section 2).</summary>
public abstract record ServerFrame([property: JsonPropertyOrder(-1)] string Type);

/// <summary>A frame that tells of an event in the log.</summary>
/// <param name="Type">The name on the wire.</param>
/// <param name="Cursor">The event's place in the log; left out where the frame answers one socket only and nothing happened.</param>
public abstract record DurableFrame(
    string Type,
    [property: JsonPropertyOrder(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Cursor) : ServerFrame(Type);

/// <summary>An answer that shows the state at one position of the log. A socket puts it exactly there among its live frames.</summary>
public interface ISnapshotFrame
{
    [JsonIgnore]
    long Position { get; }
}
