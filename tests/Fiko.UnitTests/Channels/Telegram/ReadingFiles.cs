using Fiko.Application.Channels;
using Fiko.Domain.Conversations;
using Fiko.Infrastructure.Channels.Telegram;

namespace Fiko.UnitTests.Channels.Telegram;

public sealed class ReadingFiles
{
    private const string TooLarge = "Larger than the 20 MB that a bot may download";

    public static TheoryData<string, InboundFile> Kinds => new()
    {
        {
            """ "photo": [{ "file_id": "big", "width": 960, "height": 1280, "file_size": 10 }, { "file_id": "small", "width": 67, "height": 90, "file_size": 99999 }] """,
            new InboundFile(FileKind.Image) { RemoteId = "big", MediaType = "image/jpeg", Size = 10, Width = 960, Height = 1280 }
        },
        {
            """ "live_photo": { "file_id": "moving", "photo": [] }, "photo": [{ "file_id": "still", "width": 3, "height": 4 }] """,
            new InboundFile(FileKind.Image) { RemoteId = "still", MediaType = "image/jpeg", Width = 3, Height = 4 }
        },
        {
            """ "voice": { "file_id": "v", "duration": 65, "mime_type": "audio/ogg", "file_size": 2000 } """,
            new InboundFile(FileKind.Voice) { RemoteId = "v", MediaType = "audio/ogg", Size = 2000, Duration = 65 }
        },
        {
            """ "video": { "file_id": "v", "duration": 7, "width": 640, "height": 480, "file_name": "clip.mp4", "mime_type": "video/mp4", "file_size": 9 } """,
            new InboundFile(FileKind.Video) { RemoteId = "v", Name = "clip.mp4", MediaType = "video/mp4", Size = 9, Width = 640, Height = 480, Duration = 7 }
        },
        {
            """ "video_note": { "file_id": "v", "duration": 7, "length": 240 } """,
            new InboundFile(FileKind.VideoNote) { RemoteId = "v", MediaType = "video/mp4", Width = 240, Height = 240, Duration = 7 }
        },
        {
            """ "document": { "file_id": "d", "file_name": "فاکتور.pdf", "mime_type": "application/pdf", "file_size": 20971520 } """,
            new InboundFile(FileKind.File) { RemoteId = "d", Name = "فاکتور.pdf", MediaType = "application/pdf", Size = 20971520 }
        },
        { """ "document": { "file_id": "d" } """, new InboundFile(FileKind.File) { RemoteId = "d" } },
        {
            """ "document": { "file_id": "d", "file_size": 20971521 } """,
            new InboundFile(FileKind.File) { Problem = TooLarge, Size = 20971521 }
        },
        {
            """ "audio": { "file_id": "a", "duration": 240, "title": "Talagh", "file_name": "a.m4a", "mime_type": "audio/mp4" } """,
            new InboundFile(FileKind.Audio) { RemoteId = "a", Name = "a.m4a", MediaType = "audio/mp4", Duration = 240 }
        },
        {
            """ "animation": { "file_id": "g", "width": 3, "height": 4, "duration": 2, "mime_type": "video/mp4" }, "document": { "file_id": "g2" } """,
            new InboundFile(FileKind.Animation) { RemoteId = "g", MediaType = "video/mp4", Width = 3, Height = 4, Duration = 2 }
        },
        { """ "sticker": { "file_id": "s", "emoji": "😀", "width": 512, "height": 512 } """, Sticker("image/webp") },
        { """ "sticker": { "file_id": "s", "is_animated": true, "width": 512, "height": 512 } """, Sticker("application/x-tgsticker") },
        { """ "sticker": { "file_id": "s", "is_video": true, "is_animated": false, "width": 512, "height": 512 } """, Sticker("video/webm") },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_is_described_without_its_bytes(string fields, InboundFile file) => Assert.Equal(file, Assert.Single(Of(fields)));

    [Fact]
    public void What_was_paid_for_are_several() => Assert.Equal(
        [
            new InboundFile(FileKind.Image) { RemoteId = "p", MediaType = "image/jpeg", Width = 3, Height = 4 },
            new InboundFile(FileKind.Video) { RemoteId = "v", MediaType = "video/mp4" },
        ],
        Of("""
            "paid_media": { "star_count": 5, "paid_media": [{ "type": "photo", "photo": [{ "file_id": "p", "width": 3, "height": 4 }] },
              { "type": "video", "video": { "file_id": "v" } }, { "type": "preview", "width": 3 }, { "type": "new" }, 7] }
            """));

    [Theory]
    [InlineData(""" "photo": [] """)]
    [InlineData(""" "photo": [7, {}] """)]
    [InlineData(""" "photo": 7 """)]
    [InlineData(""" "voice": { "duration": 3 } """)]
    [InlineData(""" "document": { "file_id": "" } """)]
    [InlineData(""" "document": { "file_id": "\u0000" } """)]
    [InlineData(""" "document": { "file_id": 7 } """)]
    [InlineData(""" "paid_media": {} """)]
    [InlineData(""" "location": { "latitude": 1, "longitude": 2 } """)]
    [InlineData(""" "venue": { "file_id": "x", "title": "Café" } """)]
    [InlineData(""" "contact": { "first_name": "Ali" } """)]
    [InlineData(""" "poll": { "question": "?" } """)]
    [InlineData(""" "dice": { "emoji": "🎲" } """)]
    [InlineData(""" "text": "hi", "document": { "file_id": "x" } """)]
    public void Where_there_is_nothing_to_fetch_there_is_no_file(string fields) => Assert.Empty(Of(fields));

    [Fact]
    public void Numbers_and_names_out_of_all_bounds_are_not_believed() => Assert.Equal(
        new InboundFile(FileKind.Video) { RemoteId = "v", Name = "a b", MediaType = "video/mp4" },
        Assert.Single(Of(""" "video": { "file_id": "v", "width": -1, "height": 1e300, "duration": "x", "file_size": -5, "file_name": " a\nb ", "mime_type": " " } """)));

    private static InboundFile Sticker(string mediaType) => new(FileKind.Sticker) { RemoteId = "s", MediaType = mediaType, Width = 512, Height = 512 };

    private static IReadOnlyList<InboundFile> Of(string fields) => Assert.IsType<CustomerWrote>(TelegramReader.Read(
        $$$"""{"update_id":7,"message":{"message_id":5,"date":1760000100,"from":{"id":9,"first_name":"A"},"chat":{"id":9,"type":"private"},{{{fields}}}}}""")).Files;
}
