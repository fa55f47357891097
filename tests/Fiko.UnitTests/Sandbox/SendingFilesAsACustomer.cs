using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Fiko.UnitTests.Sandbox;

public class SendingFilesAsACustomer
{
    [Theory]
    [InlineData("photo", MessageType.Photo)]
    [InlineData("voice", MessageType.Voice)]
    [InlineData("video", MessageType.Video)]
    [InlineData("video_note", MessageType.VideoNote)]
    [InlineData("document", MessageType.Document)]
    [InlineData("audio", MessageType.Audio)]
    [InlineData("sticker", MessageType.Sticker)]
    [InlineData("animation", MessageType.Animation)]
    [InlineData("location", MessageType.Location)]
    [InlineData("venue", MessageType.Venue)]
    [InlineData("contact", MessageType.Contact)]
    [InlineData("poll", MessageType.Poll)]
    [InlineData("dice", MessageType.Dice)]
    [InlineData("start", MessageType.Text)]
    public async Task Every_kind_reads_as_such_and_its_file_can_be_fetched(string kind, MessageType type)
    {
        await using var host = await SandboxHost.WithACustomerAsync();

        var answer = await host.PostAsync($"customers/42/messages/{kind}", new { caption = "this" });

        var message = await host.LastMessageAsync();
        var files = (await host.LookAsync("customers/42/messages"))["items"]!.AsArray()[^1]!["files"]!.AsArray();
        Assert.Equal((HttpStatusCode.Accepted, type), (answer.StatusCode, message.Type));
        foreach (var file in files)
        {
            var id = FileOf(message).FileId;
            using var bytes = new MemoryStream();
            var told = await host.Bot().GetInfoAndDownloadFile(id, bytes, SandboxHost.Limit);
            Assert.Equal((told.FileSize, id, bytes.Length), (bytes.Length, told.FileId, (long)file!["size"]!));
            Assert.Equal(bytes.ToArray(), await host.Http.GetByteArrayAsync((string)file["url"]!, SandboxHost.Limit));
        }
    }

    [Theory]
    [InlineData(null, false, false)]
    [InlineData("animated", true, false)]
    [InlineData("video", false, true)]
    public async Task A_sticker_has_one_of_three_forms(string? format, bool animated, bool video)
    {
        await using var host = await SandboxHost.WithACustomerAsync();

        await host.PostAsync("customers/42/sticker", new { format, emoji = "🔥" });

        var sticker = (await host.LastMessageAsync()).Sticker!;
        Assert.Equal((animated, video, "🔥"), (sticker.IsAnimated, sticker.IsVideo, sticker.Emoji));
    }

    [Fact]
    public async Task An_animation_is_a_document_too_and_a_venue_a_location()
    {
        await using var host = await SandboxHost.WithACustomerAsync();

        await host.PostAsync("customers/42/animation");
        var animation = await host.LastMessageAsync();
        await host.PostAsync("customers/42/venue", new { title = "Shop" });
        var venue = await host.LastMessageAsync();

        Assert.Equal(animation.Animation!.FileId, animation.Document!.FileId);
        Assert.Equal(("Shop", venue.Location!.Latitude), (venue.Venue!.Title, venue.Venue.Location.Latitude));
    }

    [Fact]
    public async Task A_posted_file_comes_with_its_name_its_type_and_a_caption()
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        using var form = Form(("caption", "رسید"), ("first_name", "نگار"));
        form.Add(new ByteArrayContent("رسید شما"u8.ToArray()), "file", "receipt.txt");

        await host.Http.PostAsync("/sandbox/telegram/customers/42/document", form, SandboxHost.Limit);

        var message = await host.LastMessageAsync();
        using var bytes = new MemoryStream();
        await host.Bot().GetInfoAndDownloadFile(message.Document!, bytes, SandboxHost.Limit);
        Assert.Equal(("receipt.txt", "text/plain", "رسید", "نگار"), (message.Document!.FileName, message.Document.MimeType, message.Caption, message.From!.FirstName));
        Assert.Equal("رسید شما", Encoding.UTF8.GetString(bytes.ToArray()));
    }

    [Fact]
    public async Task A_size_a_name_and_a_type_can_be_pretended()
    {
        await using var host = await SandboxHost.WithACustomerAsync();

        await host.PostAsync("customers/42/video", new { file_size = (20 * 1024 * 1024) + 1, file_name = "x.mkv", mime_type = "video/x-matroska" });

        var video = (await host.LastMessageAsync()).Video!;
        Assert.Equal(((20 * 1024 * 1024) + 1, "x.mkv", "video/x-matroska"), (video.FileSize, video.FileName, video.MimeType));
        var refused = await Assert.ThrowsAsync<ApiRequestException>(() => host.Bot().GetFile(video.FileId, SandboxHost.Limit));
        Assert.Equal("Bad Request: file is too big", refused.Message);
    }

    [Theory]
    [InlineData(null, 2)]
    [InlineData(10, 10)]
    public async Task An_album_is_an_update_for_each_of_its_pictures(int? count, int messages)
    {
        await using var host = await SandboxHost.WithACustomerAsync();

        var answer = JsonNode.Parse(await (await host.PostAsync("customers/42/album", new { count, caption = "all" })).Content.ReadAsStringAsync(SandboxHost.Limit))!;

        var album = (await host.Bot().GetUpdates(cancellationToken: SandboxHost.Limit)).Skip(1).Select(u => u.Message!).ToArray();
        Assert.Equal(messages, album.Length);
        Assert.Equal(Enumerable.Range(album[0].Id, messages), album.Select(m => m.Id));
        Assert.Equal(["all", .. Enumerable.Repeat<string?>(null, messages - 1)], album.Select(m => m.Caption));
        Assert.Equal([(string?)answer["media_group_id"]], album.Select(m => m.MediaGroupId).Distinct());
        Assert.Equal(album.Select(m => m.Id), answer["message_ids"]!.AsArray().Select(i => (int)i!));
    }

    [Fact]
    public async Task An_album_of_posted_files_tells_pictures_from_films()
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        using var form = Form();
        form.Add(new ByteArrayContent([1]) { Headers = { ContentType = new("image/png") } }, "file", "a.png");
        form.Add(new ByteArrayContent([2]) { Headers = { ContentType = new("video/mp4") } }, "file", "b.mp4");

        await host.Http.PostAsync("/sandbox/telegram/customers/42/album", form, SandboxHost.Limit);

        var updates = await host.Bot().GetUpdates(cancellationToken: SandboxHost.Limit);
        Assert.Equal([MessageType.Photo, MessageType.Video], updates.Skip(1).Select(u => u.Message!.Type));
    }

    [Fact]
    public async Task A_link_starts_the_bot_with_its_payload()
    {
        await using var host = await SandboxHost.WithACustomerAsync();

        await host.PostAsync("customers/42/start", new { payload = "order_7" });

        var message = await host.LastMessageAsync();
        Assert.Equal(("/start order_7", MessageEntityType.BotCommand, 6), (message.Text, message.Entities![0].Type, message.Entities[0].Length));
    }

    [Fact]
    public async Task A_message_can_be_a_reply_and_a_forward()
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        var answer = await host.Bot().SendMessage(42, "which?", cancellationToken: SandboxHost.Limit);

        await host.PostAsync("customers/42/photo", new { reply_to = answer.Id, forward = true });

        var message = await host.LastMessageAsync();
        Assert.Equal("which?", message.ReplyToMessage?.Text);
        Assert.IsType<MessageOriginHiddenUser>(message.ForwardOrigin);
    }

    [Theory]
    [InlineData("album", """{"count":1}""")]
    [InlineData("album", """{"count":11}""")]
    [InlineData("album", """{"kind":"voice"}""")]
    [InlineData("sticker", """{"format":"round"}""")]
    [InlineData("photo", """{"reply_to":"x"}""")]
    public async Task What_makes_no_message_is_a_problem(string kind, string body)
    {
        await using var host = await SandboxHost.WithACustomerAsync();

        var answer = await host.Http.PostAsync($"/sandbox/telegram/customers/42/{kind}", new StringContent(body), SandboxHost.Limit);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static MultipartFormDataContent Form(params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        return form;
    }

    private static FileBase FileOf(Message message) => (message.Photo?[^1] ?? (FileBase?)message.Animation ?? message.Document ?? (FileBase?)message.Voice
        ?? message.Video ?? message.VideoNote ?? (FileBase?)message.Audio ?? message.Sticker)!;
}
