using Fiko.Application.Channels;
using Fiko.Infrastructure.Deliveries;
using Microsoft.Extensions.Time.Testing;

namespace Fiko.UnitTests.Deliveries;

public sealed class KeepingThePace
{
    private static readonly SendLimits Limits = new(new SendRate(3, TimeSpan.FromSeconds(1)), new SendRate(5, TimeSpan.FromMilliseconds(100)));

    private readonly FakeTimeProvider _time = new();
    private readonly Pace _pace;

    public KeepingThePace() => _pace = new Pace(_time);

    [Fact]
    public void A_chat_takes_a_burst_and_then_one_at_a_time() =>
        Assert.Equal([0, 0, 0, 1000, 2000], Enumerable.Range(0, 5).Select(_ => Wait(chat: 1)));

    [Fact]
    public void An_account_takes_a_burst_over_all_its_chats_and_then_one_at_a_time() =>
        Assert.Equal([0, 0, 0, 0, 0, 100, 200], Enumerable.Range(1, 7).Select(chat => Wait(chat)));

    [Fact]
    public void Accounts_do_not_wait_for_each_other()
    {
        Enumerable.Range(1, 7).ToList().ForEach(chat => Wait(chat));

        Assert.Equal(0, Wait(chat: 100, account: 2));
    }

    [Fact]
    public void Whoever_was_quiet_has_the_whole_burst_again()
    {
        Enumerable.Range(0, 4).ToList().ForEach(_ => Wait(chat: 1));

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal([0, 0, 0, 1000], Enumerable.Range(0, 4).Select(_ => Wait(chat: 1)));
    }

    [Fact]
    public void One_chat_that_is_told_to_wait_holds_up_no_other()
    {
        _pace.Slow(1, 1, TimeSpan.FromSeconds(7));
        _pace.Slow(1, 1, TimeSpan.FromSeconds(7));

        Assert.Equal(0, Wait(chat: 2));
    }

    [Fact]
    public void A_second_chat_that_is_told_to_wait_means_the_account()
    {
        _pace.Slow(1, 1, TimeSpan.FromSeconds(7));
        _pace.Slow(1, 2, TimeSpan.FromSeconds(5));

        Assert.Equal(5000, Wait(chat: 3));
        Assert.Equal(0, Wait(chat: 4, account: 2));
    }

    [Fact]
    public void Long_after_the_first_the_second_is_another_matter()
    {
        _pace.Slow(1, 1, TimeSpan.FromSeconds(7));
        _time.Advance(TimeSpan.FromSeconds(8));
        _pace.Slow(1, 2, TimeSpan.FromSeconds(5));

        Assert.Equal(0, Wait(chat: 3));
    }

    private double Wait(long chat, long account = 1) => (_pace.Reserve(account, chat, Limits) - _time.GetUtcNow()).TotalMilliseconds;
}
