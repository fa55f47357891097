using System.Text;

namespace Fiko.Application.Attachments;

/// <summary>Formats that hold others: what is inside decides what they are.</summary>
internal static class Containers
{
    private static readonly (string Mark, string MediaType)[] Packages =
    [
        ("mimetypeapplication/epub+zip", "application/epub+zip"),
        ("mimetypeapplication/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
        ("mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet"),
        ("mimetypeapplication/vnd.oasis.opendocument.presentation", "application/vnd.oasis.opendocument.presentation"),
        ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        ("AndroidManifest.xml", "application/vnd.android.package-archive"),
    ];

    private static readonly string[] Heic = ["heic", "heix", "hevc", "heim", "heis", "mif1", "msf1"];

    public static string? Recognise(ReadOnlySpan<byte> head, string? said)
    {
        if (head.Length >= 12 && head[4..].StartsWith("ftyp"u8))
        {
            return Mp4(head, said);
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]))
        {
            return Matroska(head, said);
        }

        if (head.StartsWith("OggS"u8))
        {
            return head.IndexOf("theora"u8) >= 0 ? "video/ogg" : "audio/ogg";
        }

        if (head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8))
        {
            return Zip(head);
        }

        // Telegram's animated stickers are packed, and nothing but their sender tells them from another file.
        return !head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? null
            : said is "application/x-tgsticker" ? said
            : "application/gzip";
    }

    // ISO 14496-12: the brand, and the handlers of the tracks where they stand at the front.
    private static string Mp4(ReadOnlySpan<byte> head, string? said)
    {
        var brand = head.Slice(8, 4);
        if (Heic.Contains(Name(brand)))
        {
            return "image/heic";
        }

        if (Name(brand) is "avif" or "avis")
        {
            return "image/avif";
        }

        if (Name(brand) is "M4A " or "M4B " or "M4P ")
        {
            return "audio/mp4";
        }

        if (brand.SequenceEqual("qt  "u8))
        {
            return "video/quicktime";
        }

        var (seen, heard) = (head.IndexOf("vide"u8) >= 0, head.IndexOf("soun"u8) >= 0);
        return heard != seen ? (heard ? "audio/mp4" : Video(brand))
            : !seen && SaysAudio(said) ? "audio/mp4"
            : Video(brand);
    }

    private static string Video(ReadOnlySpan<byte> brand) => brand.StartsWith("3gp"u8) ? "video/3gpp" : "video/mp4";

    private static string Matroska(ReadOnlySpan<byte> head, string? said)
    {
        if (head.IndexOf("webm"u8) < 0)
        {
            return "video/x-matroska";
        }

        var seen = head.IndexOf("V_VP"u8) >= 0 || head.IndexOf("V_AV1"u8) >= 0;
        var heard = head.IndexOf("A_OPUS"u8) >= 0 || head.IndexOf("A_VORBIS"u8) >= 0;
        return !seen && (heard || SaysAudio(said)) ? "audio/webm" : "video/webm";
    }

    private static string Zip(ReadOnlySpan<byte> head)
    {
        foreach (var (mark, type) in Packages)
        {
            // A folder may be called like an office's; the list of contents comes with offices alone.
            if (head.IndexOf(Encoding.ASCII.GetBytes(mark)) >= 0 && (!mark.EndsWith('/') || head.IndexOf("[Content_Types].xml"u8) >= 0))
            {
                return type;
            }
        }

        return "application/zip";
    }

    private static bool SaysAudio(string? said) => said?.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) is true;

    private static string Name(ReadOnlySpan<byte> brand) => Encoding.ASCII.GetString(brand);
}
