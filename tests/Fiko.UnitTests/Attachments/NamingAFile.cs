using Fiko.Application.Attachments;

namespace Fiko.UnitTests.Attachments;

public sealed class NamingAFile
{
    [Theory]
    [InlineData("report.pdf", "report.pdf")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData(@"C:\temp\a.txt", "a.txt")]
    [InlineData(" a\r\nb\0.txt ", "ab.txt")]
    [InlineData("photo\u202Egpj.exe", "photogpj.exe")]
    [InlineData("می\u200Cخواهم.pdf", "می\u200Cخواهم.pdf")]
    [InlineData("..", "file")]
    [InlineData("a/", "file")]
    [InlineData("", "file")]
    [InlineData(null, "file")]
    public void Nothing_in_it_leads_astray(string? given, string kept) => Assert.Equal(kept, FileName.Clean(given));

    [Fact]
    public void A_long_one_is_cut_before_its_ending()
    {
        var kept = FileName.Clean(new string('a', 300) + ".pdf");

        Assert.Equal((FileName.Longest, ".pdf"), (kept.Length, Path.GetExtension(kept)));
    }

    [Fact]
    public void And_never_within_a_character()
    {
        var kept = FileName.Clean(string.Concat(Enumerable.Repeat("😀", 200)));

        Assert.Equal(FileName.Longest - 1, kept.Length);
        Assert.False(char.IsHighSurrogate(kept[^1]));
    }

    [Fact]
    public void Half_a_character_is_not_passed_on() => Assert.Equal("a\uFFFD.txt", FileName.Clean("a\uD83D.txt"));

    [Theory]
    [InlineData(20L * 1024 * 1024, "20 MiB")]
    [InlineData(1536L * 1024, "1.5 MiB")]
    [InlineData(2048, "2 KiB")]
    [InlineData(999, "999 bytes")]
    public void A_size_is_told_as_people_read_it(long bytes, string words) => Assert.Equal(words, FilesOptions.InWords(bytes));
}
