using Fiko.Infrastructure.Backplane;
using Fiko.Infrastructure.Persistence;
using Fiko.Infrastructure.Realtime;

namespace Fiko.UnitTests.Realtime;

public sealed class HandingOnTheLog
{
    private readonly FeedProgress _progress = new();

    public HandingOnTheLog() => _progress.Begin(10);

    [Fact]
    public void The_next_event_of_another_server_is_handed_on_without_a_look()
    {
        Assert.True(_progress.TryTakeTurn(Frames(11)));
        _progress.Advance(11);

        Assert.True(_progress.TryStopReading());
        Assert.Equal(11, _progress.Delivered);
    }

    [Fact]
    public void After_a_gap_the_log_is_read_and_what_was_brought_is_kept()
    {
        Assert.False(_progress.TryTakeTurn(Frames(12)));
        Assert.True(_progress.TryStartReading(12));
        Assert.Null(_progress.TakeNext());
        _progress.Advance(11);

        Assert.Equal(12, _progress.TakeNext()?.Position);
    }

    [Fact]
    public void While_somebody_reads_what_is_brought_waits_for_them()
    {
        Assert.True(_progress.TryStartReading(11));
        Assert.False(_progress.TryTakeTurn(Frames(11)));
        Assert.False(_progress.TryStartReading(11));

        Assert.Equal(11, _progress.TakeNext()?.Position);
    }

    [Fact]
    public void What_was_handed_on_is_not_taken_again()
    {
        Assert.False(_progress.TryTakeTurn(Frames(10)));
        Assert.False(_progress.TryStartReading(10));

        Assert.Null(_progress.TakeNext());
    }

    [Fact]
    public void A_reader_does_not_stop_while_there_is_more()
    {
        Assert.True(_progress.TryStartReading(12));
        _progress.Advance(11);
        Assert.False(_progress.TryStopReading());

        _progress.Advance(12);
        Assert.True(_progress.TryStopReading());
    }

    [Fact]
    public void What_this_server_appended_is_its_own_until_it_was_told()
    {
        _progress.NoteOwn(new LogRange(12, 13));

        Assert.Equal([false, true, true, false], new long[] { 11, 12, 13, 14 }.Select(_progress.IsOwn));
        _progress.Advance(13);
        Assert.False(_progress.IsOwn(13));
    }

    [Fact]
    public async Task Whoever_waits_for_a_position_goes_on_when_it_was_handed_on()
    {
        var reached = _progress.ReachedAsync(12);
        _progress.Advance(11);
        Assert.False(reached.IsCompleted);

        _progress.Advance(12);
        await reached;
    }

    [Fact]
    public void A_gap_may_not_be_filled_without_end()
    {
        foreach (var position in Enumerable.Range(12, 1000))
        {
            _progress.TryTakeTurn(Frames(position));
        }

        var kept = 0;
        for (var position = 11; position < 1012; position++)
        {
            kept += _progress.TakeNext() is null ? 0 : 1;
            _progress.Advance(position);
        }

        Assert.Equal(256, kept);
    }

    private static EventFrames Frames(long position) => new(7, position, []);
}
