using Fiko.Application.Conversations;

namespace Fiko.UnitTests.Realtime;

public sealed class TurningThePagesOfAList
{
    private static readonly DateTimeOffset Then = new(2030, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    [Fact]
    public void The_mark_of_a_page_is_read_as_it_is_written()
    {
        Assert.True(PageMark.TryRead(new PageMark(Then, 1045).ToString(), out var read));

        Assert.Equal(new PageMark(Then, 1045), read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1")]
    [InlineData("1-")]
    [InlineData("-1")]
    [InlineData("1-2-3")]
    [InlineData("x-1")]
    [InlineData("1-۱")]
    [InlineData(" 1-1")]
    [InlineData("ffffffffffffffff-1")]
    [InlineData("7fffffffffffffff-1")]
    public void Anything_else_is_no_mark(string? text) => Assert.False(PageMark.TryRead(text, out _));
}
