using Fiko.Application.Search;

namespace Fiko.UnitTests.Search;

public sealed class FindingWordsInAText
{
    [Theory]
    [InlineData("كتاب", "این کتاب خوب است", "کتاب")]
    [InlineData("کتاب", "هذا كتابٌ", "كتابٌ")]
    [InlineData("۱۲۳", "order 123", "123")]
    [InlineData("123", "سفارش ١٢٣", "١٢٣")]
    [InlineData("میخواهم", "می‌خواهم بروم", "می‌خواهم")]
    [InlineData("می خواهم", "می‌خواهم بروم", "می", "خواهم")]
    [InlineData("می‌خواهم", "میخواهم بروم", "میخواهم")]
    [InlineData("می‌خواهم", "می خواهم بروم", "می خواهم")]
    [InlineData("می‌خوا", "میخواهم", "میخواهم")]
    [InlineData("آب", "اب و آب", "اب", "آب")]
    [InlineData("سلا", "سلام سلامت", "سلام", "سلامت")]
    [InlineData("hel", "Hello, help", "Hello", "help")]
    [InlineData("hel wor", "hello world hel", "world", "hel")]
    [InlineData("\"hello world\"", "hello, world and hello", "hello, world")]
    [InlineData("\"hello wor\"", "hello world")]
    [InlineData("\"hello wor", "hello world", "hello world")]
    [InlineData("«سلام دنیا»", "سلام دنیا دنیا", "سلام دنیا")]
    [InlineData("“hello world”", "hello world", "hello world")]
    [InlineData("a", "a banana", "a")]
    [InlineData("creme", "la Crème brûlée", "Crème")]
    [InlineData("ord-15", "ORD-15 and 15 ord", "ORD-15")]
    [InlineData("👍", "ok 👍🏽", "👍")]
    [InlineData("* OR (", "or else", "or")]
    [InlineData("%_", "100%_")]
    public void What_was_looked_for_is_marked_in_the_original(string typed, string text, params string[] marked) =>
        Assert.Equal(marked, SearchQuery.Read(typed).Find(text).Select(h => text.Substring(h.Start, h.Length)));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("\"\"")]
    [InlineData("%%% \"*\" ()")]
    [InlineData("\u200C\u0640\u064B")]
    public void Marks_alone_find_nothing(string typed) => Assert.True(SearchQuery.Read(typed).FindsNothing);

    [Fact]
    public void Only_the_last_word_is_a_beginning_and_no_closed_phrase_is()
    {
        Assert.Equal([false, true], Open("one two"));
        Assert.Equal([false, false], Open("one \"two three\""));
        Assert.Equal([false, false], Open("one t"));
        Assert.Equal([true, true, true], SearchQuery.Read("o tw three", ofPerson: true).Terms.Select(t => t.Ways[0].IsOpen));

        static IEnumerable<bool> Open(string typed) => SearchQuery.Read(typed).Terms.Select(t => t.Ways[0].IsOpen);
    }

    [Fact]
    public void A_word_said_twice_is_one_term_and_there_are_so_many_at_most()
    {
        Assert.Equal(2, SearchQuery.Read("a bb a bb").Terms.Count(t => !t.Ways[0].IsOpen));
        Assert.Equal(16, SearchQuery.Read(string.Join(' ', Enumerable.Range(10, 60))).Terms.Count);
    }

    [Fact]
    public void An_excerpt_is_cut_around_the_first_place_and_from_the_original()
    {
        var text = $"{string.Concat(Enumerable.Repeat("😀 ", 200))}Here is the كتاب{new string('.', 500)}";

        var excerpt = SearchExcerpt.Of("content", text, SearchQuery.Read("کتاب"));

        Assert.Equal(text.Substring(excerpt.Offset, excerpt.Text.Length), excerpt.Text);
        Assert.InRange(excerpt.Text.Length, 200, 242);
        var marked = Assert.Single(excerpt.Highlights);
        Assert.Equal("كتاب", excerpt.Text.Substring(marked.Start, marked.Length));
        Assert.False(char.IsLowSurrogate(excerpt.Text[0]));
        Assert.False(char.IsHighSurrogate(excerpt.Text[^1]));
    }

    [Fact]
    public void A_short_text_is_shown_whole()
    {
        var excerpt = SearchExcerpt.Of("content", "Where is my order?", SearchQuery.Read("my ord"));

        Assert.Equal(("Where is my order?", 0), (excerpt.Text, excerpt.Offset));
        Assert.Equal([new SearchHighlight(9, 2), new SearchHighlight(12, 5)], excerpt.Highlights);
    }
}
