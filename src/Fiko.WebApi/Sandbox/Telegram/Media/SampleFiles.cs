using System.IO.Compression;
using System.Text;

namespace Fiko.WebApi.Sandbox.Telegram.Media;

/// <summary>What is sent where no file is posted: small, and of the format that its name says.</summary>
internal static class SampleFiles
{
    // 48 by 36 pixels, a gradient.
    public static readonly byte[] Jpeg = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAA"
        + "AAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAA"
        + "ACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0"
        + "AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAA"
        + "AAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAM"
        + "ZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERX"
        + "RTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2Nj"
        + "Y2P/wAARCAAkADADASIAAhEBAxEB/8QAFwABAQEBAAAAAAAAAAAAAAAAAwEABf/EABYQAQEBAAAAAAAAAAAAAAAAAAACAf/EABcBAQEBAQAAAAAAAAAAAAAA"
        + "AAQDAAX/xAAWEQEBAQAAAAAAAAAAAAAAAAACAAH/2gAMAwEAAhEDEQA/ANOEnEnCTjLbmE1nCTiThJxFbIJrOEnEnCTiC2QTc6cJOJOEnCFsUms4ScScJOIr"
        + "ZBNZwk4k4ScRWyCbnSScZiVDMkknGZFSDJJJZkFJN//Z");

    // 64 by 64 pixels, a disc on nothing.
    public static readonly byte[] WebP = Convert.FromBase64String(
        "UklGRrAEAABXRUJQVlA4WAoAAAAwAAAAPwAAPwAASUNDUMgBAAAAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAA"
        + "AAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAA"
        + "ACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0"
        + "AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAA"
        + "AAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAM"
        + "ZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADZBTFBI4QEAAA2Qg23bsTd3bONHjNpuJ9u2bdu2jcnGN8VZa1uxatt63+99n6ca"
        + "I2IC8P+yZMtYq8Vixb379+5nHs2gVrJLR0f82mqxWmLbvTx4MINQ2zmuMF2xU6enCw0itVdDcdXp4VPSCVRc7QD1VZd8nXJO14x20NtgsbFQi8d2aHeYHz3w"
        + "rTrbYVDsPqxDkapa60Gz0vYBF9W4rwJV+4Jh75TsBN1Ko/uomALKnWOWmCvVnRQW7LlhajVoO60Ya6YNqDd2SJJzXU4OKyd+kRoH+qUbrJMJHsQAc9c/kqgK"
        + "jr6RVyWasECTJG5tDFFJ8CzhcFPQhgnaGIKKXCpeFPhz8X8msP6prPcE/uzeuTN5B+E9K5N7/w4XKzK5KEpt4MDia4qo4HF5FqchmdSERZKM0YbbyVJ+DJ7f"
        + "kMGSKQyWQHp1Nwu5B3vk3i+eQ242TG5rGEPs6nEzX2YsIjYTpve/7UtqBxQO6tiQUNp+FZ86zy5P5spsKH3ZeVs4kYL+UFzQdmslEidHQHlRh2HdCRzYCI1v"
        + "B0bPd9D0eWIh9C40FjfQkjYd2s9N+bqkqrKzU0AyfUr8hCpKzizOA9X9K+41adbAV+ppamIiSBckJaSVLREXFx+HjIyMjOu3wPH4rYyMuxn45wUAVlA4INgA"
        + "AABwBwCdASpAAEAAPwVwrVArpqQisAwBcCCJZADLKgFbWUR4yhQHqA28XPmaYB+gAGgy9ZB/2Lu6UA9xliuP0PZKyFyEAAD+7af//HP/+NF//0e6xQV7P99f"
        + "5RS1D120cQTEX/LFPs/0gFStJTNQoH62wfAKdBbr9Fl8zU1glwOOlOl74AAoEl891kwJ+TSwF7UBu2A8oX0ZH3IWqNuX8CumyTxwAv72Ag14SjxQ7l27PdYI"
        + "Fa48PO5mqGN58MTQQfZ7sj9JK//xYf/iaf/9HtB0XU/zhzIAAAA=");

    // A second of silence in Opus.
    public static readonly byte[] Ogg = Convert.FromBase64String(
        "T2dnUwACAAAAAAAAAADQUQAAAAAAAGI/y9EBE09wdXNIZWFkAQE4AYC7AAAAAABPZ2dTAAAAAAAAAAAAANBRAAABAAAAR4dkvwEUT3B1c1RhZ3MEAAAARmlr"
        + "bwAAAABPZ2dTAASAuwAAAAAAANBRAAACAAAAyNnqFDIDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA/j//vj//vj/"
        + "/vj//vj//vj//vj//vj//vj//vj//vj//vj//vj//vj//vj//vj//vj//vj//vj//vj//vj//vj//vj//vj//vj//vj//vj//vj//vj//vj//vj//vj//vj/"
        + "/vj//vj//vj//vj//vj//vj//vj//vj//vj//vj//vj//vj//vj//vj//vj//vj//vj//g==");

    // The boxes of a film of a second without a track.
    public static readonly byte[] Mp4 = Convert.FromBase64String(
        "AAAAHGZ0eXBpc29tAAACAGlzb21pc28ybXA0MQAAAHRtb292AAAAbG12aGQAAAAAAAAAAAAAAAAAAAPoAAAD6AABAAABAAAAAAAAAAAAAAAAAQAAAAAAAAAA"
        + "AAAAAAAAAAEAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABAAAACG1kYXQ=");

    // The header alone.
    public static readonly byte[] WebM = Convert.FromBase64String(
        "GkXfo59ChoEBQveBAULygQRC84EIQoKEd2VibUKHgQRChYEC");

    // Four silent frames at 32 kbit/s.
    public static readonly byte[] Mp3 = [.. Enumerable.Repeat<byte[]>([0xFF, 0xFB, 0x10, 0xC4, .. new byte[100]], 4).SelectMany(f => f)];

    public static readonly byte[] Pdf = Page();

    public static readonly byte[] Tgs = Zipped("""{"tgs":1,"v":"5.5.2","fr":60,"ip":0,"op":60,"w":512,"h":512,"layers":[]}"""u8);

    private static byte[] Page()
    {
        string[] objects =
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 120]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
            "<</Length 38>>stream\nBT/F 18 Tf 20 60 Td(Sandbox file)Tj ET\nendstream",
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ];
        var page = new StringBuilder("%PDF-1.4\n");
        var places = new StringBuilder($"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        for (var i = 0; i < objects.Length; i++)
        {
            places.Append(null, $"{page.Length:D10} 00000 n \n");
            page.Append(null, $"{i + 1} 0 obj{objects[i]}endobj\n");
        }

        var table = page.Length;
        page.Append(places).Append(null, $"trailer<</Size {objects.Length + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(page.ToString());
    }

    private static byte[] Zipped(ReadOnlySpan<byte> animation)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Optimal))
        {
            zip.Write(animation);
        }

        return zipped.ToArray();
    }
}
