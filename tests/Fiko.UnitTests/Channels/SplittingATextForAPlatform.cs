using System.Globalization;
using System.Text;
using Fiko.Infrastructure.Channels;

namespace Fiko.UnitTests.Channels;

public sealed class SplittingATextForAPlatform
{
    private static readonly string[] Pieces =
    [
        "سلام", "می‌خواهم", "a", "word", "👩‍👩‍👧‍👦", "👍🏽", "🇮🇷", "e\u0301", "क्षि", "\uD83D", "\uDE00", "\u0600", " ", "  ", "\n", "\r\n", "\n\n", "\n \n", "\t", "\u00A0",
        "\u200C", "https://example.test/a?b=c", "۱۲۳", "😀😀😀", "Z\u0300\u0301\u0302\u0303",
    ];

    [Fact]
    public void A_short_text_stays_as_it_is() =>
        Assert.Equal([" hello \n"], TextSplitter.Split(" hello \n", 4096, TextSplitter.Utf16Units));

    [Fact]
    public void An_empty_text_has_no_parts() => Assert.Empty(TextSplitter.Split("", 10, TextSplitter.Utf16Units));

    [Fact]
    public void White_space_alone_is_still_a_part_for_the_platform_to_refuse() =>
        Assert.Equal([new string(' ', 10)], TextSplitter.Split(new string(' ', 25), 10, TextSplitter.Utf16Units));

    [Fact]
    public void The_last_blank_line_is_the_best_place() =>
        Assert.Equal(["one two", "three\nfour five six"], TextSplitter.Split("one two\n\nthree\nfour five six", 20, TextSplitter.Utf16Units));

    [Fact]
    public void Then_the_last_line_break() =>
        Assert.Equal(["one two", "three four"], TextSplitter.Split("one two\nthree four", 12, TextSplitter.Utf16Units));

    [Fact]
    public void Then_the_last_space() =>
        Assert.Equal(["one two", "three"], TextSplitter.Split("one two three", 10, TextSplitter.Utf16Units));

    [Fact]
    public void A_space_right_behind_the_limit_is_one_too() =>
        Assert.Equal(["one two", "three"], TextSplitter.Split("one two three", 7, TextSplitter.Utf16Units));

    [Fact]
    public void A_non_breaking_space_is_not() =>
        Assert.Equal(["one", "two\u00A0three"], TextSplitter.Split("one two\u00A0three", 9, TextSplitter.Utf16Units));

    [Fact]
    public void A_family_is_not_torn_apart()
    {
        const string family = "👩‍👩‍👧‍👦";

        var parts = TextSplitter.Split(family + family + family, (family.Length * 2) + 5, TextSplitter.Utf16Units);

        Assert.Equal([family + family, family], parts);
    }

    [Fact]
    public void One_character_longer_than_the_limit_is_broken_up_but_not_inside_a_surrogate_pair()
    {
        var heap = "e" + new string('\u0301', 30) + "😀";

        var parts = TextSplitter.Split(heap, 10, TextSplitter.Utf16Units);

        Assert.Equal(heap, string.Concat(parts));
        Assert.All(parts, part => Assert.False(char.IsLowSurrogate(part[0])));
    }

    [Fact]
    public void A_limit_smaller_than_a_character_still_comes_to_an_end() =>
        Assert.Equal(["😀", "😀"], TextSplitter.Split("😀😀", 1, TextSplitter.Utf8Bytes));

    [Fact]
    public void Telegrams_longest_persian_text_is_cut_at_4096_units()
    {
        var text = new string('س', 9000);

        var parts = TextSplitter.Split(text, 4096, TextSplitter.Utf16Units);

        Assert.Equal([4096, 4096, 808], parts.Select(p => p.Length));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whatever_the_text_every_part_fits_and_nothing_that_can_be_seen_is_lost(bool bytes)
    {
        TextMeasure measure = bytes ? TextSplitter.Utf8Bytes : TextSplitter.Utf16Units;
        var random = new Random(20_260);
        for (var round = 0; round < 3000; round++)
        {
            var text = RandomText(random);
            var limit = random.Next(40, 200);

            var parts = TextSplitter.Split(text, limit, measure);

            Assert.All(parts, part => Assert.InRange(measure(part), 1, limit));
            Assert.Equal(Visible(text), Visible(string.Concat(parts)));
            Assert.True(text.Length == 0 || parts.Count > 0);
        }
    }

    [Fact]
    public void Every_cut_stands_between_two_characters_of_a_reader()
    {
        var random = new Random(7);
        for (var round = 0; round < 1000; round++)
        {
            var text = RandomText(random);
            var boundaries = StringInfo.ParseCombiningCharacters(text).Append(text.Length).ToHashSet();

            var at = 0;
            foreach (var part in TextSplitter.Split(text, 60, TextSplitter.Utf16Units))
            {
                at = text.IndexOf(part, at, StringComparison.Ordinal);

                Assert.Contains(at, boundaries);
                at += part.Length;
                Assert.True(boundaries.Contains(at) || char.IsWhiteSpace(text[at]), "cut inside a character");
            }
        }
    }

    private static string RandomText(Random random)
    {
        var text = new StringBuilder();
        var spaced = random.Next(3) > 0;
        for (var i = random.Next(0, 120); i > 0; i--)
        {
            var piece = Pieces[random.Next(Pieces.Length)];
            text.Append(spaced || !string.IsNullOrWhiteSpace(piece) ? piece : "x");
        }

        return text.ToString();
    }

    private static string Visible(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
