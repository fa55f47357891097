using System.Text;

namespace Fiko.Application.Attachments;

/// <summary>What a file is by its content; its name and what its sender says of it prove nothing.</summary>
/// <param name="MediaType"><c>application/octet-stream</c> where the content tells nothing.</param>
/// <param name="Width">Pixels of an image, where they stand near the beginning.</param>
/// <param name="Height">Pixels.</param>
public sealed record FileContent(string MediaType, int? Width = null, int? Height = null)
{
    public const string Unknown = "application/octet-stream";

    /// <summary>How much of the beginning is looked at: photographs carry a small copy of themselves before their size.</summary>
    public const int HeadLength = 64 * 1024;

    private static readonly (int At, byte[] Mark, string MediaType)[] Marks =
    [
        (0, [0xFF, 0xD8, 0xFF], "image/jpeg"),
        (0, [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A], "image/png"),
        (0, [.. "GIF87a"u8], "image/gif"),
        (0, [.. "GIF89a"u8], "image/gif"),
        (0, [.. "II*\0"u8], "image/tiff"),
        (0, [.. "MM\0*"u8], "image/tiff"),
        (0, [.. "%PDF-"u8], "application/pdf"),
        (0, [.. "ID3"u8], "audio/mpeg"),
        (0, [.. "fLaC"u8], "audio/flac"),
        (0, [.. "#!AMR"u8], "audio/amr"),
        (0, [.. "Rar!"u8, 0x1A, 0x07], "application/vnd.rar"),
        (0, [.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], "application/x-7z-compressed"),
        (0, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "application/x-ole-storage"),
        (0, [.. @"{\rtf"u8], "application/rtf"),
        (8, [.. "WEBP"u8], "image/webp"),
        (8, [.. "WAVE"u8], "audio/wav"),
        (8, [.. "AVI "u8], "video/x-msvideo"),
    ];

    /// <param name="head">The beginning of the file.</param>
    /// <param name="said">What its sender says it is; decides only between what one container may hold.</param>
    public static FileContent Recognise(ReadOnlySpan<byte> head, string? said = null)
    {
        var type = ByMark(head) ?? Containers.Recognise(head, said) ?? ByText(head) ?? Unknown;
        var (width, height) = ImageSize.Read(head, type);
        return new FileContent(type, width, height);
    }

    private static string? ByMark(ReadOnlySpan<byte> head)
    {
        foreach (var (at, mark, type) in Marks)
        {
            if (head.Length > at && head[at..].StartsWith(mark) && (at == 0 || head.StartsWith("RIFF"u8)))
            {
                return type;
            }
        }

        return IsAac(head) ? "audio/aac" : IsMp3(head) ? "audio/mpeg" : null;
    }

    // ISO 13818-7, ADTS: twelve ones, and layer 0.
    private static bool IsAac(ReadOnlySpan<byte> head) => head.Length > 2 && head[0] == 0xFF && (head[1] & 0xF6) == 0xF0;

    // ISO 11172-3: eleven ones, layer III, and a bit rate and a sampling rate that exist. Layer I begins as UTF-16 may.
    private static bool IsMp3(ReadOnlySpan<byte> head) =>
        head.Length > 3 && head[0] == 0xFF && (head[1] & 0xE0) == 0xE0
        && (head[1] & 0x18) != 0x08 && (head[1] & 0x06) == 0x02 && (head[2] & 0xF0) != 0xF0 && (head[2] & 0x0C) != 0x0C;

    private static string? ByText(ReadOnlySpan<byte> head)
    {
        if (!IsText(head))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(head[..Math.Min(head.Length, 2048)]).TrimStart('\uFEFF', ' ', '\t', '\r', '\n').ToLowerInvariant();
        return text.StartsWith('<') && text.Contains("<svg", StringComparison.Ordinal) ? "image/svg+xml"
            : text.StartsWith("<?xml", StringComparison.Ordinal) ? "application/xml"
            : text.StartsWith('<') ? "text/html"
            : text.StartsWith("begin:vcard", StringComparison.Ordinal) ? "text/vcard"
            : "text/plain";
    }

    // Whole characters of UTF-8 and no control characters but those of a text; the last character may be cut.
    private static bool IsText(ReadOnlySpan<byte> head)
    {
        while (!head.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(head, out var rune, out var used);
            if (status is System.Buffers.OperationStatus.NeedMoreData)
            {
                return true;
            }

            if (status is not System.Buffers.OperationStatus.Done || (Rune.IsControl(rune) && rune.Value is not ('\t' or '\n' or '\r' or '\f')))
            {
                return false;
            }

            head = head[used..];
        }

        return true;
    }
}
