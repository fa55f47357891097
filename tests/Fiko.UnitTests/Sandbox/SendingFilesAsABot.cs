using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Fiko.WebApi.Sandbox.Telegram.Media;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Fiko.UnitTests.Sandbox;

public class SendingFilesAsABot
{
    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes("the very bytes");

    public static TheoryData<MessageType> Kinds =>
        [MessageType.Photo, MessageType.Document, MessageType.Voice, MessageType.Video, MessageType.VideoNote, MessageType.Audio, MessageType.Animation, MessageType.Sticker];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_upload_reaches_the_customer_as_what_it_was_sent_as(MessageType type)
    {
        await using var host = await SandboxHost.WithACustomerAsync();

        var sent = await SendAsync(host.Bot(), type, InputFile.FromStream(new MemoryStream(Bytes), "named.bin"));

        var seen = await LastAsync(host);
        var file = Assert.Single(seen["files"]!.AsArray())!;
        Assert.Equal(type, sent.Type);
        Assert.Equal((sent.Id, "bot", type is MessageType.VideoNote or MessageType.Sticker ? "" : "caption"), ((int)seen["id"]!, (string?)seen["from"], (string?)seen["text"]));
        Assert.Equal(((string?)seen["kind"], "named.bin", Bytes.Length), ((string?)file["kind"], (string?)file["name"], (int)file["size"]!));
        Assert.Equal(Bytes, await host.Http.GetByteArrayAsync((string)file["url"]!, SandboxHost.Limit));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_was_sent_once_goes_again_by_its_file_id(MessageType type)
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        await SendAsync(host.Bot(), type, InputFile.FromStream(new MemoryStream(Bytes), "named.bin"));
        var id = IdOf(await SendAsync(host.Bot(), type, InputFile.FromStream(new MemoryStream(Bytes), "named.bin")));

        var again = await SendAsync(host.Bot(), type, InputFile.FromFileId(id));

        Assert.Equal(id, IdOf(again));
    }

    [Fact]
    public async Task A_file_may_lie_in_the_field_of_its_parameter_and_name_its_type()
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        using var form = new MultipartFormDataContent { { new StringContent("42"), "chat_id" } };
        var content = new ByteArrayContent(Bytes) { Headers = { ContentType = new MediaTypeHeaderValue("text/plain") } };
        form.Add(content, "document", "سلام.txt");

        var answer = await host.CallAsync("sendDocument", form);

        var file = (await LastAsync(host))["files"]![0]!;
        Assert.Equal("سلام.txt", (string?)answer["result"]!["document"]!["file_name"]);
        Assert.Equal(("سلام.txt", "text/plain"), ((string?)file["name"], (string?)file["media_type"]));
    }

    [Fact]
    public async Task A_reply_with_a_file_carries_the_original()
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        var original = (int)(await LastAsync(host))["id"]!;

        var sent = await host.Bot().SendPhoto(42, Stream(), replyParameters: original, cancellationToken: SandboxHost.Limit);

        Assert.Equal(original, sent.ReplyToMessage?.Id);
    }

    [Fact]
    public async Task An_album_is_consecutive_messages_of_one_group()
    {
        await using var host = await SandboxHost.WithACustomerAsync();

        var sent = await host.Bot().SendMediaGroup(
            42,
            [new InputMediaPhoto(InputFile.FromStream(Stream().Content, "a.jpg")) { Caption = "two" }, new InputMediaVideo(InputFile.FromStream(Stream().Content, "b.mp4"))],
            cancellationToken: SandboxHost.Limit);

        var items = (await host.LookAsync("customers/42/messages"))["items"]!.AsArray();
        Assert.Equal([MessageType.Photo, MessageType.Video], sent.Select(m => m.Type));
        Assert.Equal(["two", null], sent.Select(m => m.Caption));
        Assert.Equal(sent[0].Id + 1, sent[1].Id);
        Assert.NotNull(sent[0].MediaGroupId);
        Assert.Equal([null, sent[0].MediaGroupId, sent[1].MediaGroupId], items.Select(i => (string?)i!["media_group_id"]));
    }

    [Fact]
    public async Task Albums_of_one_of_eleven_or_of_a_mixture_are_refused_whole()
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        Task AlbumAsync(params IAlbumInputMedia[] media) => host.Bot().SendMediaGroup(42, media, cancellationToken: SandboxHost.Limit);
        InputMediaPhoto Photo() => new(InputFile.FromStream(Stream().Content, "a.jpg"));

        Assert.Equal("Bad Request: an album must include 2-10 items", await RefusalAsync(() => AlbumAsync(Photo())));
        Assert.Equal("Bad Request: an album must include 2-10 items", await RefusalAsync(() => AlbumAsync([.. Enumerable.Range(0, 11).Select(_ => Photo())])));
        Assert.Equal(
            "Bad Request: documents and audio files can't be mixed with other media types",
            await RefusalAsync(() => AlbumAsync(Photo(), new InputMediaDocument(InputFile.FromStream(Stream().Content, "b.pdf")))));
        Assert.Single((await host.LookAsync("customers/42/messages"))["items"]!.AsArray());
    }

    [Fact]
    public async Task What_is_no_file_is_refused_in_telegrams_words()
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        var bot = host.Bot();
        var document = IdOf(await SendAsync(bot, MessageType.Document, Stream()));

        Assert.Equal("Bad Request: wrong file identifier/HTTP URL specified", await RefusalAsync(() => bot.SendPhoto(42, InputFile.FromFileId("nothing"))));
        Assert.Equal("Bad Request: failed to get HTTP URL content", await RefusalAsync(() => bot.SendPhoto(42, InputFile.FromUri("https://example.org/a.jpg"))));
        Assert.Equal("Bad Request: can't use file of type document as photo", await RefusalAsync(() => bot.SendPhoto(42, InputFile.FromFileId(document))));
        Assert.Equal("Bad Request: file must be non-empty", await RefusalAsync(() => bot.SendPhoto(42, InputFile.FromStream(new MemoryStream(), "a.jpg"))));
        Assert.Equal("Bad Request: message caption is too long", await RefusalAsync(() => bot.SendPhoto(42, Stream(), new string('x', 1025))));
        Assert.Equal("Bad Request: there is no photo in the request", (string?)(await host.CallAsync("sendPhoto", new FormUrlEncodedContent([new("chat_id", "42")])))["description"]);
        Assert.Equal(1024, (await bot.SendPhoto(42, Stream(), new string('x', 1024), cancellationToken: SandboxHost.Limit)).Caption!.Length);
    }

    [Theory]
    [InlineData(MessageType.Photo, MediaKind.LargestPhoto)]
    [InlineData(MessageType.Document, MediaKind.LargestUpload)]
    public async Task An_upload_over_the_limit_is_refused(MessageType type, long largest)
    {
        await using var host = await SandboxHost.WithACustomerAsync();

        var refused = await RefusalAsync(() => SendAsync(host.Bot(), type, InputFile.FromStream(new MemoryStream(new byte[largest + 1]), "big.bin")));
        var taken = await SendAsync(host.Bot(), type, InputFile.FromStream(new MemoryStream(new byte[largest]), "big.bin"));

        Assert.Equal("Bad Request: file is too big", refused);
        Assert.Equal(type, taken.Type);
    }

    [Fact]
    public async Task A_blocked_bot_sends_no_files_either()
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        await host.PostAsync("customers/42/block");

        Assert.Equal("Forbidden: bot was blocked by the user", await RefusalAsync(() => host.Bot().SendPhoto(42, Stream())));
    }

    private static InputFileStream Stream() => InputFile.FromStream(new MemoryStream(Bytes), "named.bin");

    private static Task<Message> SendAsync(TelegramBotClient bot, MessageType type, InputFile file) => type switch
    {
        MessageType.Photo => bot.SendPhoto(42, file, "caption", cancellationToken: SandboxHost.Limit),
        MessageType.Document => bot.SendDocument(42, file, "caption", cancellationToken: SandboxHost.Limit),
        MessageType.Voice => bot.SendVoice(42, file, "caption", cancellationToken: SandboxHost.Limit),
        MessageType.Video => bot.SendVideo(42, file, "caption", cancellationToken: SandboxHost.Limit),
        MessageType.VideoNote => bot.SendVideoNote(42, file, cancellationToken: SandboxHost.Limit),
        MessageType.Audio => bot.SendAudio(42, file, "caption", cancellationToken: SandboxHost.Limit),
        MessageType.Animation => bot.SendAnimation(42, file, "caption", cancellationToken: SandboxHost.Limit),
        _ => bot.SendSticker(42, file, cancellationToken: SandboxHost.Limit),
    };

    private static string IdOf(Message message) => (message.Photo?[^1] ?? (FileBase?)message.Animation ?? message.Document ?? (FileBase?)message.Voice
        ?? message.Video ?? message.VideoNote ?? (FileBase?)message.Audio ?? message.Sticker)!.FileId;

    private static async Task<JsonNode> LastAsync(SandboxHost host) => (await host.LookAsync("customers/42/messages"))["items"]!.AsArray()[^1]!;

    private static async Task<string> RefusalAsync(Func<Task> call) => (await Assert.ThrowsAsync<ApiRequestException>(call)).Message;
}
