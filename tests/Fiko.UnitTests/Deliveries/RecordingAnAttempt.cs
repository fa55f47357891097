using Fiko.Application.Channels;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;

namespace Fiko.UnitTests.Deliveries;

public sealed class RecordingAnAttempt : IAsyncLifetime
{
    private KeptDelivery _kept = null!;

    public async ValueTask InitializeAsync() => _kept = await KeptDelivery.CreateAsync();

    public ValueTask DisposeAsync() => _kept.DisposeAsync();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(7, 64)]
    [InlineData(9, 256)]
    [InlineData(10, 300)]
    [InlineData(90, 300)]
    public async Task Each_pause_is_twice_as_long_up_to_the_longest(int attempt, int seconds)
    {
        _kept.Options.MaxAttempts = 100;

        await _kept.SettleAsync(await _kept.ClaimAsync(attempt), new SendOutcome.NotTaken("No connection"));

        Assert.Equal(KeptDelivery.Noon.AddSeconds(seconds), _kept.Part.DueAt);
        Assert.Equal((DeliveryStatus.Pending, "No connection"), (_kept.Part.Status, _kept.Part.Error));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(0.5, 3)]
    [InlineData(1, 4)]
    public async Task Half_of_a_pause_is_chance(double jitter, int seconds)
    {
        await _kept.SettleAsync(await _kept.ClaimAsync(attempt: 3), new SendOutcome.NotTaken("No connection"), jitter);

        Assert.Equal(KeptDelivery.Noon.AddSeconds(seconds), _kept.Part.DueAt);
    }

    [Theory]
    [InlineData(600, 600)]
    [InlineData(1, 4)]
    public async Task A_pause_is_at_least_what_the_platform_asked_for(int asked, int seconds)
    {
        await _kept.SettleAsync(await _kept.ClaimAsync(attempt: 3), new SendOutcome.NotTaken("Too many requests", TimeSpan.FromSeconds(asked)));

        Assert.Equal(KeptDelivery.Noon.AddSeconds(seconds), _kept.Part.DueAt);
    }

    [Fact]
    public async Task After_the_last_attempt_it_is_given_up()
    {
        await _kept.SettleAsync(await _kept.ClaimAsync(attempt: 8), new SendOutcome.NotTaken("No connection"));

        Assert.Equal((DeliveryStatus.Failed, "Given up after 8 attempts: No connection"), (_kept.Part.Status, _kept.Part.Error));
        Assert.Equal(MessageStatus.Failed, _kept.Message.Status);
    }

    [Fact]
    public async Task A_refusal_ends_it_at_once()
    {
        await _kept.SettleAsync(await _kept.ClaimAsync(), new SendOutcome.Refused("Blocked"));

        Assert.Equal((DeliveryStatus.Failed, "Blocked"), (_kept.Part.Status, _kept.Part.Error));
        Assert.Equal(ChannelStatus.Active, _kept.Channel.Status);
    }

    [Fact]
    public async Task A_channel_that_can_not_send_any_more_says_so_until_it_sends_again()
    {
        await _kept.SettleAsync(await _kept.ClaimAsync(), new SendOutcome.Refused("Unauthorized", ChannelBroken: true));

        Assert.Equal((ChannelStatus.Error, "Unauthorized"), (_kept.Channel.Status, _kept.Channel.LastError));

        await _kept.SettleAsync(await _kept.ClaimAsync(attempt: 2), new SendOutcome.Sent("77"));

        Assert.Equal((ChannelStatus.Active, null), (_kept.Channel.Status, _kept.Channel.LastError));
    }

    [Fact]
    public async Task What_nobody_can_know_is_uncertain()
    {
        await _kept.SettleAsync(await _kept.ClaimAsync(), new SendOutcome.Unknown("No answer"));

        Assert.Equal((DeliveryStatus.Uncertain, MessageStatus.Uncertain), (_kept.Part.Status, _kept.Message.Status));
    }

    [Fact]
    public async Task A_late_answer_to_an_attempt_that_was_given_up_as_uncertain_counts()
    {
        var part = await _kept.ClaimAsync();
        await _kept.SettleAsync(part, new SendOutcome.Unknown("No answer"));

        await _kept.SettleAsync(part, new SendOutcome.Sent("77"));

        Assert.Equal((DeliveryStatus.Sent, "77", MessageStatus.Sent), (_kept.Part.Status, _kept.Part.ExternalId, _kept.Message.Status));
    }

    [Fact]
    public async Task Any_other_late_answer_changes_nothing()
    {
        var first = await _kept.ClaimAsync();
        await _kept.ClaimAsync(attempt: 2);

        await _kept.SettleAsync(first, new SendOutcome.Refused("Blocked"));

        Assert.Equal((DeliveryStatus.Sending, MessageStatus.Pending), (_kept.Part.Status, _kept.Message.Status));
    }
}
