using Fiko.Application.Search;

namespace Fiko.UnitTests.Search;

public sealed class ReadingWords
{
    [Theory]
    [InlineData("سفارش من كجاست؟", "سفارش من کجاست")]
    [InlineData("يك", "یک")]
    [InlineData("على", "علی")]
    [InlineData("مكالمة", "مکالمه")]
    [InlineData("خانۀ ما", "خانه ما")]
    [InlineData("أحمد إبراهيم آرش ٱلله", "احمد ابراهیم ارش الله")]
    [InlineData("مسؤول رئيس مسئله", "مسوول رییس مسیله")]
    [InlineData("ئ ئ", "ی ی")]
    [InlineData("سَلامٌ عَلَيْكُمْ", "سلام علیکم")]
    [InlineData("ســـلام", "سلام")]
    [InlineData("ﺳﻼﻡ", "سلام")]
    [InlineData("شمارهٔ ۱۲۳۴۵", "شماره 12345")]
    [InlineData("٠١٢٣٤٥٦٧٨٩", "0123456789")]
    [InlineData("۰۱۲۳۴۵۶۷۸۹", "0123456789")]
    [InlineData("१२३ １２３", "123 123")]
    [InlineData("می‌خواهم", "می خواهم")]
    [InlineData("Crème BRÛLÉE", "creme brulee")]
    [InlineData("Crème", "creme")]
    [InlineData("Straße Øresund Łódź Þór æther ŒUVRE", "strasse oresund lodz thor aether oeuvre")]
    [InlineData("İstanbul ISPARTA ırmak", "istanbul isparta irmak")]
    [InlineData("ΟΔΥΣΣΕΥΣ ὀδυσσεύς", "οδυσσευσ οδυσσευσ")]
    [InlineData("ПРИВЕТ ёлка", "привет елка")]
    [InlineData("ｆｕｌｌ Ｗｉｄｔｈ", "full width")]
    [InlineData("𝗕𝗼𝗹𝗱 𝓼𝓬𝓻𝓲𝓹𝓽", "bold script")]
    [InlineData("ﬁnance", "finance")]
    [InlineData("x²", "x2")]
    [InlineData("don't stop", "don t stop")]
    [InlineData("ORD-2024/15", "ord 2024 15")]
    [InlineData("ali.rezaei_1@example.com", "ali rezaei 1 example com")]
    [InlineData("سلام،خوبی؟بله!", "سلام خوبی بله")]
    [InlineData("so\u00ADft hy\u200Dphen \u202Bmarks\u202C", "soft hyphen marks")]
    [InlineData("great👍🏽 job❤️", "great 👍 job ❤")]
    [InlineData("© 2024", "© 2024")]
    [InlineData("!!! ... ؟،؛ \"*", "")]
    [InlineData("", "")]
    [InlineData("\uFFFD broken \uFFFC", "broken")]
    public void A_text_becomes_the_words_that_are_searched(string text, string words) =>
        Assert.Equal(words, string.Join(' ', SearchText.Words(text).Select(w => w.Text)));

    [Theory]
    [InlineData("می‌خواهم بروم", "میخواهم بروم")]
    [InlineData("کتاب‌خانه‌ها", "کتابخانهها")]
    [InlineData("می خواهم", "می خواهم")]
    [InlineData("می ‌خواهم", "می خواهم")]
    [InlineData("می‌ خواهم", "می خواهم")]
    [InlineData("می‌‌خواهم", "میخواهم")]
    [InlineData("می‌!خواهم", "می خواهم")]
    [InlineData("‌می", "می")]
    [InlineData("می‌", "می")]
    public void A_half_space_may_be_nothing(string text, string words) =>
        Assert.Equal(words, string.Join(' ', SearchText.Joined(SearchText.Words(text)).Select(w => w.Text)));

    [Theory]
    [InlineData("سَلامٌ دُنیا", "سَلامٌ", "دُنیا")]
    [InlineData("Crème, brûlée!", "Crème", "brûlée")]
    [InlineData("👍🏽 ok 𝗕𝗼𝗹𝗱", "👍", "ok", "𝗕𝗼𝗹𝗱")]
    [InlineData("مي‌خواهم", "مي", "خواهم")]
    [InlineData("ـــسلام", "سلام")]
    [InlineData("ﷲ", "ﷲ")]
    public void Each_knows_where_it_stands_in_the_original(string text, params string[] originals) =>
        Assert.Equal(originals, SearchText.Words(text).Select(w => text.Substring(w.Start, w.Length)));

    [Fact]
    public void A_word_that_never_ends_is_cut_and_still_one_word()
    {
        var words = SearchText.Words($"{new string('a', 5000)} b");

        Assert.Equal([new string('a', SearchText.LongestWord), "b"], words.Select(w => w.Text));
        Assert.Equal((0, 5000), (words[0].Start, words[0].Length));
    }

    [Fact]
    public void Whatever_is_typed_can_be_read()
    {
        var random = new Random(20261123);
        for (var i = 0; i < 2000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => (char)random.Next(random.Next(2) == 0 ? 0x250 : 0x10000)));

            foreach (var word in SearchText.Words(text))
            {
                Assert.NotEmpty(word.Text);
                Assert.InRange(word.End, word.Start + 1, text.Length);
                Assert.DoesNotContain(word.Text, c => c is '"' or ':' or '*' or '(' or ')' or '%' or '[' or ']' or ' ' or '\'' or '^' or '-');
                Assert.Equal(word.Text, string.Concat(SearchText.Words(word.Text).Select(w => w.Text)));
            }
        }
    }
}
