using System.Text;
using Fiko.Application.Channels;
using Fiko.Application.Messaging;
using Fiko.Domain.Conversations;

namespace Fiko.UnitTests.Channels.Telegram;

public sealed class SendingFilesToTelegram : TelegramLine
{
    private const string Content = "the bytes";

    private static readonly FileFacts Picture = new(FileKind.Image, "a.jpg", "image/jpeg", 9);

    [Theory]
    [InlineData(FileKind.Image, "image/jpeg", 10_000_000, "sendPhoto", "photo")]
    [InlineData(FileKind.Image, "image/png", 9, "sendPhoto", "photo")]
    [InlineData(FileKind.Image, "image/webp", 9, "sendPhoto", "photo")]
    [InlineData(FileKind.Image, "image/jpeg", 10_000_001, "sendDocument", "document")]
    [InlineData(FileKind.Image, "image/bmp", 9, "sendDocument", "document")]
    [InlineData(FileKind.Image, "image/gif", 9, "sendAnimation", "animation")]
    [InlineData(FileKind.Animation, "video/mp4", 9, "sendAnimation", "animation")]
    [InlineData(FileKind.Animation, "image/webp", 9, "sendDocument", "document")]
    [InlineData(FileKind.Video, "video/mp4", 9, "sendVideo", "video")]
    [InlineData(FileKind.Video, "video/webm", 9, "sendDocument", "document")]
    [InlineData(FileKind.VideoNote, "video/mp4", 9, "sendVideo", "video")]
    [InlineData(FileKind.Voice, "audio/ogg", 9, "sendVoice", "voice")]
    [InlineData(FileKind.Voice, "audio/mpeg", 9, "sendAudio", "audio")]
    [InlineData(FileKind.Audio, "audio/mpeg", 9, "sendAudio", "audio")]
    [InlineData(FileKind.Sticker, "image/webp", 9, "sendSticker", "sticker")]
    [InlineData(FileKind.Sticker, "video/webm", 9, "sendDocument", "document")]
    [InlineData(FileKind.File, "application/pdf", 9, "sendDocument", "document")]
    [InlineData("hologram", "", 9, "sendDocument", "document")]
    public async Task Each_goes_by_the_method_that_takes_it(string kind, string mediaType, long size, string method, string field)
    {
        var outcome = await SendAsync(new FileFacts(kind, "name.ext", mediaType, size));

        Assert.Equal(new SendOutcome.Sent("77"), outcome);
        Assert.Equal(method, Asked().Method);
        var form = SentForm.Of(Asked().Body);
        Assert.Equal(["chat_id", field], form.Fields.Keys);
        Assert.Equal("42", form["chat_id"].Content);
        Assert.Equal(new SentField(field, "name.ext", mediaType.Length > 0 ? mediaType : "application/octet-stream", Content), form[field]);
    }

    [Fact]
    public async Task With_the_words_as_they_were_typed_and_what_it_answers()
    {
        await SendAsync(Picture, "a < b & \"c\"\n<b>سلام</b> 😀", replyTo: "512");

        var form = SentForm.Of(Asked().Body);
        Assert.Equal("a < b & \"c\"\n<b>سلام</b> 😀", form["caption"].Content);
        Assert.Equal("""{"message_id":512,"allow_sending_without_reply":true}""", form["reply_parameters"].Content);
        Assert.DoesNotContain("parse_mode", form.Fields.Keys);
    }

    [Theory]
    [InlineData("فاکتور مرداد ۱۴۰۵.pdf", "فاکتور مرداد ۱۴۰۵.pdf")]
    [InlineData("a\"b\\c\r\nd.pdf", "a_b_c__d.pdf")]
    [InlineData(" ", "file")]
    [InlineData("😀.txt", "😀.txt")]
    public async Task Under_a_name_that_the_customer_can_read(string name, string sent)
    {
        await SendAsync(Picture with { Name = name });

        Assert.Equal(sent, SentForm.Of(Asked().Body)["photo"].FileName);
    }

    [Theory]
    [InlineData("Bad Request: PHOTO_INVALID_DIMENSIONS")]
    [InlineData("Bad Request: IMAGE_PROCESS_FAILED")]
    public async Task A_picture_that_is_refused_as_one_goes_as_a_document(string refusal)
    {
        Telegram.Answer = path => path.EndsWith("sendPhoto", StringComparison.Ordinal)
            ? TelegramFake.Error(400, refusal)
            : TelegramFake.Ok("""{"message_id":78}""");

        Assert.Equal(new SendOutcome.Sent("78"), await SendAsync(Picture, "hi", replyTo: "5"));

        var second = SentForm.Of(Telegram.Requests.Last().Body);
        Assert.Equal(["chat_id", "caption", "reply_parameters", "document"], second.Fields.Keys);
        Assert.Equal(Content, second["document"].Content);
    }

    [Fact]
    public async Task Any_other_refusal_is_one()
    {
        Telegram.Answer = _ => TelegramFake.Error(400, "Bad Request: chat not found");

        Assert.Equal(new SendOutcome.Refused("Bad Request: chat not found"), await SendAsync(Picture));
        Assert.Single(Telegram.Requests);
    }

    [Fact]
    public async Task One_that_is_gone_is_never_sent() =>
        await AssertNothingLeftAsync(new SendOutcome.Refused("The file is no longer there"), new FileNotFoundException());

    [Fact]
    public async Task One_that_cannot_be_read_now_may_be_sent_later() =>
        await AssertNothingLeftAsync(new SendOutcome.NotTaken("The file could not be read"), new IOException("disk"));

    [Fact]
    public async Task Its_bytes_leave_while_they_are_read()
    {
        Telegram.HangsUp = true;
        await using var large = new MemoryStream(new byte[40_000_000]);

        var outcome = await SendAsync(new FileFacts(FileKind.File, "a", "application/octet-stream", large.Length), open: () => large);

        Assert.IsType<SendOutcome.Unknown>(outcome);
        Assert.False(large.CanRead, "It was not closed");
    }

    [Theory]
    [InlineData(9, 15)]
    [InlineData(1_310_720, 25)]
    [InlineData(49_000_000, 120)]
    public async Task A_large_one_gets_more_time_but_never_more_than_its_lease(long size, int seconds)
    {
        Telegram.IsSilent = true;
        var sending = SendAsync(Picture with { Size = size });
        await Telegram.Asked.Task.WaitAsync(Test);

        Time.Advance(TimeSpan.FromSeconds(seconds - 1));
        await Assert.ThrowsAsync<TimeoutException>(() => sending.WaitAsync(TimeSpan.FromMilliseconds(200), TimeProvider.System, Test));
        Time.Advance(TimeSpan.FromSeconds(2));

        Assert.IsType<SendOutcome.Unknown>(await sending);
        Assert.InRange(seconds, 1, (int)new DeliveryOptions().FileSendTimeout.TotalSeconds);
    }

    [Theory]
    [InlineData(FileKind.File, 50_000_000, null)]
    [InlineData(FileKind.Image, 20_000_000, null)]
    [InlineData(FileKind.File, 50_000_001, "Larger than the 50 MB that a bot may send")]
    [InlineData(FileKind.Video, 3_000_000_000, "Larger than the 50 MB that a bot may send")]
    [InlineData(FileKind.File, 0, "Telegram does not take an empty file")]
    public void What_telegram_would_not_take_is_known_before(string kind, long size, string? objection) =>
        Assert.Equal(objection, ((ICarriesFiles)Channel).Objection(new FileFacts(kind, "a", "image/jpeg", size)));

    private async Task AssertNothingLeftAsync(SendOutcome expected, Exception problem)
    {
        Assert.Equal(expected, await SendAsync(Picture, open: () => throw problem));
        Assert.Empty(Telegram.Requests);
    }

    private Task<SendOutcome> SendAsync(FileFacts facts, string text = "", string? replyTo = null, Func<Stream>? open = null)
    {
        open ??= () => new MemoryStream(Encoding.UTF8.GetBytes(Content));
        var file = new OutgoingFile(facts, new Uri("https://inbox.example/f"), async _ =>
        {
            await Task.Yield();
            return open();
        });
        return Channel.SendAsync(Bot, new OutgoingPart("42", text, replyTo, file), Test);
    }
}
