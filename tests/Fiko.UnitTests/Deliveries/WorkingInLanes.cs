using System.Collections.Concurrent;
using System.Threading.Channels;
using Fiko.Infrastructure.Deliveries;

namespace Fiko.UnitTests.Deliveries;

public sealed class WorkingInLanes : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, Work> _runs = new();
    private readonly Lanes<string> _lanes;

    public WorkingInLanes() => _lanes = new(RunAsync);

    public void Dispose() => _lanes.Dispose();

    [Fact]
    public async Task Many_keys_are_worked_on_at_once()
    {
        _lanes.Wake("a");
        _lanes.Wake("b");

        await Task.WhenAll(Of("a").BegunAsync(), Of("b").BegunAsync());
    }

    [Fact]
    public async Task One_key_is_worked_on_one_at_a_time()
    {
        _lanes.Wake("a");
        await Of("a").BegunAsync();
        _lanes.Wake("a");
        _lanes.Wake("b");
        await Of("b").BegunAsync();

        Assert.Equal(1, Of("a").MostAtOnce);

        Of("a").End();
        await Of("a").BegunAsync();

        Assert.Equal(1, Of("a").MostAtOnce);
    }

    [Fact]
    public async Task A_lane_that_was_woken_while_it_ran_runs_once_more()
    {
        _lanes.Wake("a");
        await Of("a").BegunAsync();
        _lanes.Wake("a");
        _lanes.Wake("a");
        Of("a").End();
        await Of("a").BegunAsync();
        Of("a").End();

        await _lanes.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, Of("a").Runs);
    }

    [Fact]
    public async Task Work_that_fails_does_not_close_its_lane()
    {
        _lanes.Wake("a");
        await Of("a").BegunAsync();
        _lanes.Wake("a");
        Of("a").Fail();

        await Of("a").BegunAsync();
    }

    [Fact]
    public async Task Stopping_waits_for_what_runs()
    {
        _lanes.Wake("a");
        await Of("a").BegunAsync();

        var stopping = _lanes.StopAsync(TestContext.Current.CancellationToken);
        var again = _lanes.StopAsync(TestContext.Current.CancellationToken);
        Assert.False(stopping.IsCompleted || again.IsCompleted);
        Assert.True(Of("a").Stopping.IsCancellationRequested);

        Of("a").End();
        await Task.WhenAll(stopping, again).WaitAsync(Limit, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Stopping_waits_no_longer_than_its_patience()
    {
        _lanes.Wake("a");
        await Of("a").BegunAsync();
        using var patience = new CancellationTokenSource();

        var stopping = _lanes.StopAsync(patience.Token);
        await patience.CancelAsync();

        await stopping.WaitAsync(Limit, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task After_stopping_nothing_is_woken()
    {
        _lanes.Wake("a");
        await Of("a").BegunAsync();
        _lanes.Wake("a");
        var stopping = _lanes.StopAsync(TestContext.Current.CancellationToken);
        _lanes.Wake("b");
        Of("a").End();
        await stopping;

        Assert.Equal((1, 0), (Of("a").Runs, Of("b").Runs));
    }

    private Work Of(string key) => _runs.GetOrAdd(key, _ => new Work());

    private Task RunAsync(string key, CancellationToken stopping) => Of(key).RunAsync(stopping);

    /// <summary>What is done for one key: it begins by itself and ends when the test says so.</summary>
    private sealed class Work
    {
        private readonly Channel<bool> _begun = Channel.CreateUnbounded<bool>();
        private readonly Channel<bool> _mayEnd = Channel.CreateUnbounded<bool>();
        private int _now;
        private bool _fails;

        public int Runs { get; private set; }

        public int MostAtOnce { get; private set; }

        public CancellationToken Stopping { get; private set; }

        public async Task BegunAsync() => await _begun.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Limit, TestContext.Current.CancellationToken);

        public void End() => _mayEnd.Writer.TryWrite(true);

        public void Fail()
        {
            _fails = true;
            End();
        }

        public async Task RunAsync(CancellationToken stopping)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _now));
            Runs++;
            Stopping = stopping;
            _begun.Writer.TryWrite(true);
            await _mayEnd.Reader.ReadAsync(CancellationToken.None);
            Interlocked.Decrement(ref _now);
            if (_fails)
            {
                throw new InvalidOperationException();
            }
        }
    }
}
