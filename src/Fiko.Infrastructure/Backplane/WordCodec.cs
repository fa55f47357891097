using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fiko.Application.Realtime;

namespace Fiko.Infrastructure.Backplane;

/// <summary>
/// Words as bytes: the sender's id, then <c>{</c> and JSON, or for frames a mark of their own and their bytes as they are, so
/// that they are neither encoded twice nor copied more often than the way needs.
/// </summary>
internal static class WordCodec
{
    private const int IdLength = 16;
    private const byte FramesMark = 1;
    private const int FramesHead = IdLength + 1 + 8 + 8 + 2;
    private const int FrameHead = 1 + 8 + 4;

    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    public static byte[] Write(Guid sender, BackplaneWord word)
    {
        if (word is EventFrames frames)
        {
            return Write(sender, frames);
        }

        var buffer = new ArrayBufferWriter<byte>(256);
        sender.TryWriteBytes(buffer.GetSpan(IdLength));
        buffer.Advance(IdLength);
        using var json = new Utf8JsonWriter(buffer);
        JsonSerializer.Serialize(json, word, Json);
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <returns>False where it is no word that this version knows.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, out Guid sender, [NotNullWhen(true)] out BackplaneWord? word)
    {
        (sender, word) = (Guid.Empty, null);
        if (bytes.Length <= IdLength)
        {
            return false;
        }

        sender = new Guid(bytes.Span[..IdLength]);
        try
        {
            word = bytes.Span[IdLength] == FramesMark ? ReadFrames(bytes) : JsonSerializer.Deserialize<BackplaneWord>(bytes.Span[IdLength..], Json);
        }
        catch (Exception unknown) when (unknown is JsonException or NotSupportedException or ArgumentException)
        {
            return false;
        }

        return word is not null;
    }

    private static byte[] Write(Guid sender, EventFrames frames)
    {
        var bytes = new byte[FramesHead + frames.Frames.Sum(f => FrameHead + f.Frame.Length)];
        var to = bytes.AsSpan();
        sender.TryWriteBytes(to);
        to[IdLength] = FramesMark;
        BinaryPrimitives.WriteInt64LittleEndian(to[(IdLength + 1)..], frames.WorkspaceId);
        BinaryPrimitives.WriteInt64LittleEndian(to[(IdLength + 9)..], frames.Position);
        BinaryPrimitives.WriteUInt16LittleEndian(to[(IdLength + 17)..], (ushort)frames.Frames.Count);
        to = to[FramesHead..];
        foreach (var (topic, frame) in frames.Frames)
        {
            to[0] = (byte)topic.Kind;
            BinaryPrimitives.WriteInt64LittleEndian(to[1..], topic.Id);
            BinaryPrimitives.WriteInt32LittleEndian(to[9..], frame.Length);
            frame.Span.CopyTo(to[FrameHead..]);
            to = to[(FrameHead + frame.Length)..];
        }

        return bytes;
    }

    private static EventFrames ReadFrames(ReadOnlyMemory<byte> bytes)
    {
        var head = bytes.Span;
        var frames = new TopicFrame[BinaryPrimitives.ReadUInt16LittleEndian(head[(IdLength + 17)..])];
        var rest = bytes[FramesHead..];
        for (var n = 0; n < frames.Length; n++)
        {
            var of = rest.Span[..FrameHead];
            var topic = new Topic((TopicKind)of[0], BinaryPrimitives.ReadInt64LittleEndian(of[1..]));
            var length = BinaryPrimitives.ReadInt32LittleEndian(of[9..]);
            frames[n] = new TopicFrame(topic, rest.Slice(FrameHead, length));
            rest = rest[(FrameHead + length)..];
        }

        return new EventFrames(
            BinaryPrimitives.ReadInt64LittleEndian(head[(IdLength + 1)..]),
            BinaryPrimitives.ReadInt64LittleEndian(head[(IdLength + 9)..]),
            frames);
    }
}
