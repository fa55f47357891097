using System.Text;
using Fiko.Application.Attachments;

namespace Fiko.UnitTests.Attachments;

public sealed class RecognisingAFile
{
    [Theory]
    [InlineData("FFD8FFE000104A464946", "image/jpeg")]
    [InlineData("474946383961", "image/gif")]
    [InlineData("25504446 2D312E37", "application/pdf")]
    [InlineData("49443304", "audio/mpeg")]
    [InlineData("FFFB9064", "audio/mpeg")]
    [InlineData("FFF15080", "audio/aac")]
    [InlineData("664C6143", "audio/flac")]
    [InlineData("2321414D520A", "audio/amr")]
    [InlineData("504B0506", "application/zip")]
    [InlineData("1F8B0800", "application/gzip")]
    [InlineData("526172211A0700", "application/vnd.rar")]
    [InlineData("377ABCAF271C", "application/x-7z-compressed")]
    [InlineData("D0CF11E0A1B11AE1", "application/x-ole-storage")]
    [InlineData("00010203040506", "application/octet-stream")]
    [InlineData("FFFE4100", "application/octet-stream")]
    public void The_first_bytes_tell(string hex, string expected) =>
        Assert.Equal(expected, FileContent.Recognise(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))).MediaType);

    [Theory]
    [InlineData("RIFF....WEBPVP8 ", "image/webp")]
    [InlineData("RIFF....WAVEfmt ", "audio/wav")]
    [InlineData("RIFF....AVI LIST", "video/x-msvideo")]
    [InlineData("....ftypheic....mif1heic", "image/heic")]
    [InlineData("....ftypavif....", "image/avif")]
    [InlineData("....ftypqt  ....", "video/quicktime")]
    [InlineData("....ftypM4A ....", "audio/mp4")]
    [InlineData("....ftypisom....moov hdlr vide hdlr soun", "video/mp4")]
    [InlineData("....ftypisom....moov hdlr soun", "audio/mp4")]
    [InlineData("....ftyp3gp5....", "video/3gpp")]
    [InlineData("OggS........OpusHead", "audio/ogg")]
    [InlineData("OggS........theora", "video/ogg")]
    [InlineData("PK\u0003\u0004....[Content_Types].xml....word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("PK\u0003\u0004....[Content_Types].xml....xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    [InlineData("PK\u0003\u0004....mimetypeapplication/epub+zip", "application/epub+zip")]
    [InlineData("PK\u0003\u0004....word/holiday.jpg", "application/zip")]
    public void A_container_is_what_is_in_it(string head, string expected) =>
        Assert.Equal(expected, FileContent.Recognise(Encoding.Latin1.GetBytes(head)).MediaType);

    [Theory]
    [InlineData("webm V_VP9 A_OPUS", "video/webm")]
    [InlineData("webm A_OPUS", "audio/webm")]
    [InlineData("matroska V_MPEG4", "video/x-matroska")]
    public void Matroska_tells_by_its_codecs(string rest, string expected) =>
        Assert.Equal(expected, FileContent.Recognise([0x1A, 0x45, 0xDF, 0xA3, .. Encoding.ASCII.GetBytes(rest)]).MediaType);

    [Theory]
    [InlineData("Hello\r\n\tworld", "text/plain")]
    [InlineData("سلام", "text/plain")]
    [InlineData("BEGIN:VCARD\nFN:Sara", "text/vcard")]
    [InlineData("<!DOCTYPE html><script>alert(1)</script>", "text/html")]
    [InlineData("\n  <b>bold</b>", "text/html")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/svg+xml")]
    [InlineData("<?xml version='1.0'?><!-- a --><SVG/>", "image/svg+xml")]
    [InlineData("<?xml version='1.0'?><feed/>", "application/xml")]
    public void Text_is_told_from_markup(string text, string expected) =>
        Assert.Equal(expected, FileContent.Recognise(Encoding.UTF8.GetBytes(text)).MediaType);

    [Fact]
    public void A_text_that_is_cut_within_a_character_is_still_text() =>
        Assert.Equal("text/plain", FileContent.Recognise(Encoding.UTF8.GetBytes("سلام").AsSpan()[..^1]).MediaType);

    [Fact]
    public void What_its_sender_says_decides_nothing_but_within_one_container()
    {
        Assert.Equal("text/html", FileContent.Recognise("<html>"u8, "image/png").MediaType);
        Assert.Equal("audio/mp4", FileContent.Recognise("....ftypmp42...."u8, "audio/mp4").MediaType);
        Assert.Equal("application/x-tgsticker", FileContent.Recognise([0x1F, 0x8B, 8, 0], "application/x-tgsticker").MediaType);
    }

    [Fact]
    public void An_image_has_its_size()
    {
        Assert.Equal((640, 480), SizeOf("89504E470D0A1A0A0000000D4948445200000280000001E00806000000"));
        Assert.Equal((320, 200), SizeOf("4749463839614001C800F70000"));
        Assert.Equal((16, 32), SizeOf("52494646 00000000 57454250 56503820 00000000 000000 9D012A 1000 2000"));
        Assert.Equal((17, 33), SizeOf("52494646 00000000 57454250 5650384C 00000000 2F 10000800 0000000000"));
        Assert.Equal((18, 34), SizeOf("52494646 00000000 57454250 56503858 0A000000 10000000 110000 210000"));
    }

    [Fact]
    public void A_photograph_has_the_size_that_is_seen()
    {
        const string frame = "FFC0 0011 08 0064 00C8 03 012200 021101 031101 FFDA";
        const string turnedRight = "FFE1 0022 457869660000 49492A0008000000 0100 1201 0300 01000000 06000000 00000000";

        Assert.Equal((200, 100), SizeOf($"FFD8 FFE0 0004 0000 {frame}"));
        Assert.Equal((100, 200), SizeOf($"FFD8 {turnedRight} {frame}"));
    }

    [Fact]
    public void Whatever_the_bytes_are_nothing_breaks()
    {
        var chance = new Random(1);
        byte[][] beginnings = [[0xFF, 0xD8, 0xFF, 0xE1], [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A], [.. "RIFF....WEBPVP8X"u8], [.. "....ftyp"u8], [.. "GIF89a"u8], [.. "<"u8], []];
        for (var n = 0; n < 20_000; n++)
        {
            var rest = new byte[chance.Next(80)];
            chance.NextBytes(rest);

            var content = FileContent.Recognise([.. beginnings[n % beginnings.Length], .. rest]);

            Assert.NotEmpty(content.MediaType);
        }
    }

    private static (int?, int?) SizeOf(string hex)
    {
        var content = FileContent.Recognise(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));
        return (content.Width, content.Height);
    }
}
