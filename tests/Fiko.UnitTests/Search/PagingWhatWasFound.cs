using Fiko.Application.Conversations;
using Fiko.Application.Search;

namespace Fiko.UnitTests.Search;

public sealed class PagingWhatWasFound
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(100)]
    public void Every_hit_comes_once_whatever_the_pages(int limit)
    {
        // Message 4 says that it is older than message 3: the pages still go by ids, and lose neither.
        (long Id, int Minute)[] messages = [(6, 60), (5, 50), (4, 10), (3, 30), (1, 5)];
        (long Id, int Minute)[] customers = [(9, 70), (8, 40), (2, 6)];

        var seen = new List<(string, long)>();
        var mark = SearchMark.Start;
        while (true)
        {
            var page = SearchStream.Merge(Stream(SearchHit.OfMessage, messages, mark.Message, limit), Stream(SearchHit.OfCustomer, customers, mark.Customer, limit), limit, mark);
            seen.AddRange(page.Items.Select(h => (h.Type, h.Key)));
            Assert.InRange(page.Items.Count, 1, limit);
            if (page.NextCursor is null)
            {
                break;
            }

            Assert.True(SearchMark.TryRead(page.NextCursor, out mark));
        }

        Assert.Equal(
            [("customer", 9), ("message", 6), ("message", 5), ("customer", 8), ("message", 4), ("message", 3), ("customer", 2), ("message", 1)], seen);
    }

    [Fact]
    public void One_that_was_erased_meanwhile_is_passed_over()
    {
        var messages = new SearchStream([5, 4, 3], [Hit(SearchHit.OfMessage, 4, 4)]);

        var page = SearchStream.Merge(messages, SearchStream.Empty, 2, SearchMark.Start);

        Assert.Equal([4L], page.Items.Select(h => h.Key));
        Assert.True(SearchMark.TryRead(page.NextCursor, out var mark));
        Assert.Equal(3, mark.Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("x-1")]
    [InlineData("-1-1")]
    [InlineData("1-2-3")]
    [InlineData("ffffffffffffffff-1")]
    public void A_mark_that_nobody_gave_is_none(string? text) => Assert.False(SearchMark.TryRead(text, out _));

    private static SearchStream Stream(string type, (long Id, int Minute)[] all, long below, int limit)
    {
        var page = all.Where(h => h.Id < below).Take(limit + 1).ToList();
        return new SearchStream(page.ConvertAll(h => h.Id), page.ConvertAll(h => Hit(type, h.Id, h.Minute)));
    }

    private static SearchHit Hit(string type, long id, int minute) =>
        new(id, type, Start.AddMinutes(minute), null, null, new ListedCustomer(1, "", "", "api", null, null), new SearchExcerpt("content", "", 0, []));
}
