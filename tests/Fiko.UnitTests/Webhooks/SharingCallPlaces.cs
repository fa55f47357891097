using Fiko.Infrastructure.Webhooks;

namespace Fiko.UnitTests.Webhooks;

public sealed class SharingCallPlaces
{
    private readonly CallPlaces _places = new(3);

    [Fact]
    public void There_are_so_many_and_no_more()
    {
        Assert.Equal(2, _places.Take(1, 2));
        Assert.Equal(1, _places.Take(2, 2));
        Assert.Equal(0, _places.Take(3, 1));
    }

    [Fact]
    public void Who_found_too_few_is_named_once_when_one_comes_back()
    {
        _places.Take(1, 3);
        _places.Take(2, 1);

        Assert.Equal([2], _places.Return(1));
        Assert.Empty(_places.Return(1));
        Assert.Equal(2, _places.Take(2, 5));
    }

    [Fact]
    public void Wanting_none_is_not_waiting()
    {
        _places.Take(1, 3);

        Assert.Equal(0, _places.Take(2, 0));
        Assert.Empty(_places.Return(3));
    }

    [Fact]
    public async Task Many_at_once_never_have_more_than_there_are()
    {
        var held = 0;
        var most = 0;
        await Parallel.ForAsync(0, 1000, TestContext.Current.CancellationToken, (n, _) =>
        {
            var taken = _places.Take(n, 2);
            InterlockedMax(ref most, Interlocked.Add(ref held, taken));
            Interlocked.Add(ref held, -taken);
            _places.Return(taken);
            return ValueTask.CompletedTask;
        });

        Assert.InRange(most, 1, 3);
        Assert.Equal(3, _places.Take(0, 10));
    }

    private static void InterlockedMax(ref int most, int seen)
    {
        for (var known = Volatile.Read(ref most); seen > known; known = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, seen, known);
        }
    }
}
