using Fiko.Application.Auth;
using Microsoft.Extensions.Time.Testing;

namespace Fiko.UnitTests.Auth;

public sealed class LimitingFailedLogins
{
    private readonly FakeTimeProvider _time = new();
    private readonly LoginThrottle _throttle;

    public LimitingFailedLogins() => _throttle = new LoginThrottle(_time);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_twenty_wrong_logins_at_once_five_are_compared()
    {
        var compared = 0;
        var all = Enumerable.Range(0, 20).Select(_ => Task.Run(
            async () =>
            {
                using var attempt = await _throttle.EnterAsync("a", null, Ct);
                Interlocked.Increment(ref compared);
                await Task.Yield();
                attempt.Failed();
            },
            Ct)).ToArray();

        var outcomes = await Task.WhenAll(all.Select(t => t.ContinueWith(done => done.Exception?.InnerException, Ct, TaskContinuationOptions.None, TaskScheduler.Default)));

        Assert.Equal(5, compared);
        Assert.Equal(15, outcomes.Count(o => o is TooManyAttemptsException));
    }

    [Fact]
    public async Task Of_twenty_right_logins_at_once_all_pass()
    {
        var all = Enumerable.Range(0, 20).Select(_ => Task.Run(
            async () =>
            {
                using var attempt = await _throttle.EnterAsync("a", null, Ct);
                await Task.Yield();
                attempt.Succeeded();
            },
            Ct));

        await Task.WhenAll(all).WaitAsync(TimeSpan.FromSeconds(30), Ct);
    }

    [Fact]
    public async Task A_sixth_login_waits_for_the_outcome_of_the_five_before()
    {
        var five = new List<LoginThrottle.Attempt>();
        for (var i = 0; i < 5; i++)
        {
            five.Add(await _throttle.EnterAsync("a", null, Ct));
        }

        var sixth = _throttle.EnterAsync("a", null, Ct);
        Assert.False(sixth.IsCompleted);
        five[0].Succeeded();

        using var entered = await sixth.WaitAsync(TimeSpan.FromSeconds(30), Ct);
    }

    [Fact]
    public async Task Each_failure_counts_for_five_minutes()
    {
        await FailAsync("a", times: 1);
        _time.Advance(TimeSpan.FromMinutes(4));
        await FailAsync("a", times: 4);

        Assert.Equal(TimeSpan.FromMinutes(1), (await BlockedAsync("a")).RetryAfter);
        _time.Advance(TimeSpan.FromMinutes(1));
        await FailAsync("a", times: 1);

        Assert.Equal(TimeSpan.FromMinutes(4), (await BlockedAsync("a")).RetryAfter);
    }

    [Fact]
    public async Task A_success_begins_anew()
    {
        await FailAsync("a", times: 4);
        using (var attempt = await _throttle.EnterAsync("a", null, Ct))
        {
            attempt.Succeeded();
        }

        await FailAsync("a", times: 5);

        await BlockedAsync("a");
    }

    [Fact]
    public async Task An_attempt_without_an_outcome_never_happened()
    {
        for (var i = 0; i < 10; i++)
        {
            (await _throttle.EnterAsync("a", null, Ct)).Dispose();
        }

        await FailAsync("a", times: 5);
    }

    [Fact]
    public async Task Another_email_is_another_matter()
    {
        await FailAsync("a", times: 5);

        await FailAsync("b", times: 5);
    }

    [Fact]
    public async Task An_address_that_tries_many_emails_is_stopped_and_a_success_does_not_free_it()
    {
        for (var i = 0; i < 50; i++)
        {
            using var own = await _throttle.EnterAsync("own", "192.0.2.1", Ct);
            own.Succeeded();
            using var guess = await _throttle.EnterAsync($"victim{i}", "192.0.2.1", Ct);
            guess.Failed();
        }

        await BlockedAsync("another", "192.0.2.1");
        await FailAsync("another", times: 1, "192.0.2.2");
    }

    [Fact]
    public async Task Many_names_do_not_fill_the_memory()
    {
        for (var i = 0; i < LoginThrottle.MaxCounters + 100; i++)
        {
            await FailAsync($"name{i}", times: 1);
        }

        Assert.InRange(_throttle.Counters, 1, LoginThrottle.MaxCounters);
    }

    [Fact]
    public async Task What_is_over_is_forgotten()
    {
        await FailAsync("a", times: 5, "192.0.2.1");
        _time.Advance(TimeSpan.FromMinutes(5));

        await FailAsync("b", times: 1);

        Assert.Equal(1, _throttle.Counters);
    }

    private async Task FailAsync(string email, int times, string? address = null)
    {
        for (var i = 0; i < times; i++)
        {
            using var attempt = await _throttle.EnterAsync(email, address, Ct);
            attempt.Failed();
        }
    }

    private Task<TooManyAttemptsException> BlockedAsync(string email, string? address = null) =>
        Assert.ThrowsAsync<TooManyAttemptsException>(() => _throttle.EnterAsync(email, address, Ct));
}
