using System.Text.Json;

namespace Fiko.FunctionalTests.Hosting;

/// <summary>Short ways into a frame, by dotted paths.</summary>
public static class FrameReading
{
    public static JsonElement At(this JsonElement frame, string path)
    {
        foreach (var name in path.Split('.'))
        {
            frame = int.TryParse(name, out var index) ? frame[index] : frame.GetProperty(name);
        }

        return frame;
    }

    public static string? Text(this JsonElement frame, string path) => frame.At(path).GetString();

    public static long Number(this JsonElement frame, string path) => frame.At(path).GetInt64();

    /// <summary>The names of an object's fields in the order of the wire.</summary>
    public static string Names(this JsonElement frame) => string.Join(' ', frame.EnumerateObject().Select(f => f.Name));

    /// <summary>The contents of a frame's messages.</summary>
    public static IEnumerable<string?> Contents(this JsonElement frame) => frame.At("messages").EnumerateArray().Select(m => m.Text("content"));

    public static bool IsA(this JsonElement frame, string type) => FikoSocket.TypeOf(frame) == type;
}
