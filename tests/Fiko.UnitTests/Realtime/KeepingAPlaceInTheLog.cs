using Fiko.Application.Realtime;

namespace Fiko.UnitTests.Realtime;

public sealed class KeepingAPlaceInTheLog
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4711)]
    [InlineData(long.MaxValue)]
    public void A_cursor_is_read_as_it_is_written(long position)
    {
        Assert.True(Cursor.TryRead(Cursor.Write("a1b2", position), "a1b2", out var read));

        Assert.Equal(position, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a1b2")]
    [InlineData("a1b2.")]
    [InlineData("a1b2-1")]
    [InlineData("a1b2. 1")]
    [InlineData("a1b2.-1")]
    [InlineData("a1b2.xyz")]
    [InlineData("a1b2.۱")]
    [InlineData("a1b2.1.1")]
    [InlineData("a1b2.ffffffffffffffff")]
    [InlineData("a1b2.10000000000000000")]
    [InlineData("A1B2.1")]
    [InlineData("c3d4.1")]
    [InlineData("a1b2c.1")]
    public void What_was_not_written_for_this_log_is_no_cursor(string text) => Assert.False(Cursor.TryRead(text, "a1b2", out _));

    [Fact]
    public void The_head_of_a_log_is_its_newest_position()
    {
        var head = new LogHead(WorkspaceId: 1, "a1b2", Position: 255);

        Assert.Equal(("a1b2.ff", "a1b2.10"), (head.Cursor, head.CursorAt(16)));
    }
}
