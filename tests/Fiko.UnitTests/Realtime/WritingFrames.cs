using System.Text;
using System.Text.Json;
using Fiko.Application.Realtime;
using Fiko.Infrastructure.Realtime;

namespace Fiko.UnitTests.Realtime;

public sealed class WritingFrames
{
    // UTC+3:30, and more exact than the wire.
    private static readonly DateTimeOffset InTehran = new DateTimeOffset(2030, 1, 2, 3, 4, 5, 6, TimeSpan.FromHours(3.5)).AddTicks(7890);

    [Fact]
    public void A_frame_begins_with_its_type_and_speaks_snake_case_in_milliseconds_of_UTC()
    {
        var frame = new LetterFrame("hello", ReplyTo: 4, InTehran);

        Assert.Equal("""{"type":"letter","content":"hello","reply_to":4,"sent_at":"2030-01-01T23:34:05.006Z"}""", Written(frame));
    }

    [Fact]
    public void Nothing_is_written_as_null()
    {
        var frame = new LetterFrame(Content: null, ReplyTo: null, InTehran);

        Assert.Equal("""{"type":"letter","content":null,"reply_to":null,"sent_at":"2030-01-01T23:34:05.006Z"}""", Written(frame));
    }

    [Fact]
    public void A_frame_of_the_log_ends_with_its_cursor()
    {
        Assert.Equal("""{"type":"news","from":"Sara","cursor":"a1b2.1"}""", Written(new NewsFrame("Sara", "a1b2.1")));
        Assert.Equal("""{"type":"news","from":"Sara"}""", Written(new NewsFrame("Sara", Cursor: null)));
    }

    [Theory]
    [InlineData("سلام، حال شما؟")]
    [InlineData("می‌خواهم ۱۲۳")]
    [InlineData("👋🏽 👨‍👩‍👧 🇮🇷")]
    [InlineData("آخر 🙂")]
    [InlineData("🙂🙂")]
    [InlineData("a < b & c > d 'e' +")]
    public void A_text_is_written_as_it_is(string text)
    {
        var frame = new LetterFrame(text, ReplyTo: null, InTehran);

        Assert.Contains($"\"content\":\"{text}\"", Written(frame), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("\\")]
    [InlineData("\n\t\0\u001f")]
    [InlineData("🙂\"سلام\"\n🙂")]
    public void What_JSON_must_escape_comes_back_as_it_was(string text)
    {
        using var json = JsonDocument.Parse(Wire.Encode(new LetterFrame(text, ReplyTo: null, InTehran)));

        Assert.Equal(text, json.RootElement.GetProperty("content").GetString());
    }

    private static string Written(ServerFrame frame) => Encoding.UTF8.GetString(Wire.Encode(frame));

    private sealed record LetterFrame(string? Content, int? ReplyTo, DateTimeOffset SentAt) : ServerFrame("letter");

    private sealed record NewsFrame(string From, string? Cursor) : DurableFrame("news", Cursor);
}
