using System.Buffers.Binary;

namespace Fiko.Application.Attachments;

/// <summary>Width and height from the headers of the image formats that browsers show; nothing is decoded.</summary>
internal static class ImageSize
{
    public static (int? Width, int? Height) Read(ReadOnlySpan<byte> head, string mediaType)
    {
        var (width, height) = mediaType switch
        {
            "image/png" when head.Length >= 24 => (BinaryPrimitives.ReadInt32BigEndian(head[16..]), BinaryPrimitives.ReadInt32BigEndian(head[20..])),
            "image/gif" when head.Length >= 10 => (BinaryPrimitives.ReadUInt16LittleEndian(head[6..]), BinaryPrimitives.ReadUInt16LittleEndian(head[8..])),
            "image/webp" when head.Length >= 30 => Webp(head),
            "image/jpeg" => Jpeg(head),
            _ => (0, 0),
        };
        return width > 0 && height > 0 ? (width, height) : (null, null);
    }

    // RFC 9649: a lossy, a lossless or an extended file.
    private static (int Width, int Height) Webp(ReadOnlySpan<byte> head)
    {
        var body = head[20..];
        return head[15] switch
        {
            (byte)' ' => (BinaryPrimitives.ReadUInt16LittleEndian(body[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(body[8..]) & 0x3FFF),
            (byte)'L' when BinaryPrimitives.ReadUInt32LittleEndian(body[1..]) is var bits => ((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1),
            (byte)'X' => (UInt24(body[4..]) + 1, UInt24(body[7..]) + 1),
            _ => (0, 0),
        };
    }

    // ITU-T T.81, annex B: segment by segment to the frame header. Turned by the camera (EXIF orientation 5 to 8), the sides change places.
    private static (int Width, int Height) Jpeg(ReadOnlySpan<byte> head)
    {
        var (at, turned) = (2, false);
        while (at + 9 < head.Length && head[at] == 0xFF)
        {
            var marker = head[at + 1];
            if (marker is 0xFF)
            {
                at++;
                continue;
            }

            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                var (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(head[(at + 5)..]), BinaryPrimitives.ReadUInt16BigEndian(head[(at + 7)..]));
                return turned ? (height, width) : (width, height);
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(head[(at + 2)..]);
            if (length < 2)
            {
                break;
            }

            turned |= marker is 0xE1 && IsTurned(head[(at + 4)..Math.Min(at + 2 + length, head.Length)]);
            at += 2 + length;
        }

        return (0, 0);
    }

    // TIFF 6.0 inside EXIF: the first directory, tag 0x0112.
    private static bool IsTurned(ReadOnlySpan<byte> exif)
    {
        if (exif.Length < 16 || !exif.StartsWith("Exif\0\0"u8))
        {
            return false;
        }

        var tiff = exif[6..];
        var little = tiff[0] == 'I';
        var directory = Int32(tiff[4..], little);
        if (directory < 8 || directory > tiff.Length - 2)
        {
            return false;
        }

        var entries = UInt16(tiff[directory..], little);
        for (var at = directory + 2; entries > 0 && at + 12 <= tiff.Length; entries--, at += 12)
        {
            if (UInt16(tiff[at..], little) == 0x0112)
            {
                return UInt16(tiff[(at + 8)..], little) is >= 5 and <= 8;
            }
        }

        return false;
    }

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    private static int UInt16(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static int Int32(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadInt32LittleEndian(bytes) : BinaryPrimitives.ReadInt32BigEndian(bytes);
}
