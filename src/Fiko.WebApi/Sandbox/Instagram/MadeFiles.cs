using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Fiko.WebApi.Sandbox.Instagram;

/// <summary>Small files of each kind, for those who have none at hand.</summary>
internal static class MadeFiles
{
    private const int Side = 96;
    private const int Row = 1 + Side * 3;
    private const int SamplesPerSecond = 8000;
    private const string Document =
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        + "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

    /// <param name="attachment">Meta's name of the kind.</param>
    /// <param name="size">How many bytes it has at least: what is missing is filled up with zeros.</param>
    public static MediaFile Of(string attachment, int size = 0)
    {
        var file = attachment switch
        {
            "audio" => new MediaFile(Tone(), "audio/wav", "tone.wav"),
            "video" => new(Film(), "video/mp4", "film.mp4"),
            "file" => new(Encoding.ASCII.GetBytes(Document), "application/pdf", "page.pdf"),
            _ => new(Picture(Random.Shared.Next()), "image/png", "picture.png"),
        };
        if (file.Content.Length >= size)
        {
            return file;
        }

        var longer = new byte[size];
        file.Content.CopyTo(longer, 0);
        return file with { Content = longer };
    }

    /// <summary>A square of two colours that the number chooses, as PNG (w3.org/TR/png).</summary>
    public static byte[] Picture(int number)
    {
        var rows = new byte[Side * Row];
        for (var pixel = 0; pixel < Side * Side; pixel++)
        {
            var (x, y) = (pixel % Side, pixel / Side);
            var shift = x + y < Side ? 0 : 3;
            for (var colour = 0; colour < 3; colour++)
            {
                rows[y * Row + 1 + x * 3 + colour] = (byte)(64 + ((number >> (shift + colour * 6)) & 7) * 24);
            }
        }

        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(rows);
        }

        return
        [
            0x89, .. "PNG\r\n"u8, 0x1A, 0x0A,
            .. Chunk("IHDR"u8, [0, 0, 0, Side, 0, 0, 0, Side, 8, 2, 0, 0, 0]),
            .. Chunk("IDAT"u8, packed.ToArray()),
            .. Chunk("IEND"u8, []),
        ];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> content)
    {
        var chunk = new byte[12 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        kind.CopyTo(chunk.AsSpan(4));
        content.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + content.Length), Crc(chunk.AsSpan(4, 4 + content.Length)));
        return chunk;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }

    // A second of a plain tone.
    private static byte[] Tone()
    {
        var samples = new byte[SamplesPerSecond];
        for (var at = 0; at < samples.Length; at++)
        {
            samples[at] = (byte)(128 + 60 * Math.Sin(at * 440 * 2 * Math.PI / SamplesPerSecond));
        }

        return
        [
            .. "RIFF"u8, .. Number(36 + samples.Length), .. "WAVEfmt "u8, .. Number(16), 1, 0, 1, 0,
            .. Number(SamplesPerSecond), .. Number(SamplesPerSecond), 1, 0, 8, 0,
            .. "data"u8, .. Number(samples.Length), .. samples,
        ];
    }

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    // Enough to be known as what it is; there is nothing to be seen in it.
    private static byte[] Film() => [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 2, 0, .. "isommp42"u8, 0, 0, 0, 8, .. "free"u8, 0, 0, 0, 8, .. "mdat"u8];
}
