using Fiko.Application.Channels;
using Fiko.Domain.Conversations;

namespace Fiko.UnitTests.Channels.Telegram;

public sealed class PlanningAMessage : TelegramLine
{
    private static readonly FileFacts Picture = new(FileKind.Image, "a.jpg", "image/jpeg", 1000);
    private static readonly FileFacts Sticker = new(FileKind.Sticker, "a.webp", "image/webp", 1000);

    [Fact]
    public void A_text_is_one_part() => Assert.Equal([new PlannedPart(" hi ")], Channel.Plan(" hi ", []));

    [Fact]
    public void A_long_one_is_cut_at_telegrams_limit() => Assert.Equal(
        [new PlannedPart(new string('a', 4000)), new PlannedPart(new string('b', 4096)), new PlannedPart(new string('b', 4))],
        Channel.Plan($"{new string('a', 4000)}\n\n{new string('b', 4100)}", []));

    [Fact]
    public void Words_stand_under_the_first_file() => Assert.Equal(
        [new PlannedPart("hi", 0), new PlannedPart("", 1), new PlannedPart("", 2)], Channel.Plan("hi", [Picture, Sticker, Picture]));

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    public void Files_need_no_words(string text) => Assert.Equal([new PlannedPart("", 0), new PlannedPart("", 1)], Channel.Plan(text, [Picture, Picture]));

    [Fact]
    public void As_many_as_a_caption_holds()
    {
        var longest = new string('س', 1024);

        Assert.Equal([new PlannedPart(longest, 0), new PlannedPart("", 1)], Channel.Plan(longest, [Picture, Picture]));
    }

    [Fact]
    public void More_follow_behind_the_files_and_are_cut_as_any_text()
    {
        var text = $"{new string('a', 4000)} {new string('b', 4000)}";

        Assert.Equal(
            [new PlannedPart("", 0), new PlannedPart("", 1), new PlannedPart(new string('a', 4000)), new PlannedPart(new string('b', 4000))],
            Channel.Plan(text, [Picture, Picture]));
        Assert.Equal(2, Channel.Plan(new string('a', 1025), [Picture]).Count);
    }

    [Fact]
    public void A_sticker_carries_no_words() => Assert.Equal([new PlannedPart("", 0), new PlannedPart("hi")], Channel.Plan("hi", [Sticker]));

    [Fact]
    public void Nothing_is_lost_and_nothing_is_too_long_whatever_is_planned()
    {
        var random = new Random(2026);
        for (var round = 0; round < 500; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(0, 600)).Select(_ => random.Next(5) switch { 0 => " ", 1 => "\n\n", 2 => "😀", _ => new string('x', random.Next(1, 40)) }));
            FileFacts[] files = [.. Enumerable.Range(0, random.Next(0, 4)).Select(_ => random.Next(3) == 0 ? Sticker : Picture)];

            var parts = Channel.Plan(text, files);

            Assert.Equal(Enumerable.Range(0, files.Length), parts.Where(p => p.File is not null).Select(p => p.File!.Value));
            Assert.All(parts, part => Assert.InRange(part.Text.Length, part.File is null ? 1 : 0, part.File is null ? 4096 : 1024));
            Assert.Equal(Letters(text), Letters(string.Concat(parts.Select(p => p.Text))));
        }
    }

    private static string Letters(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
