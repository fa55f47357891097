using Fiko.Domain.Conversations;
using Fiko.Domain.Shared;

namespace Fiko.UnitTests.Conversations;

public sealed class RetryingAMessage
{
    private readonly Conversation _conversation = Talk.New();

    [Fact]
    public void Only_the_parts_that_stopped_are_tried_again()
    {
        var message = _conversation.Say("one", "two", "three");
        message.Deliveries[0].Succeed(scope: "", "77");
        message.Deliveries[1].Begin(Talk.Noon.AddSeconds(20));
        message.Deliveries[1].Fail("Blocked");
        _conversation.Settle(message, Talk.Noon);

        _conversation.Retry(message, Talk.Noon.AddHours(1));

        Assert.Equal([DeliveryStatus.Sent, DeliveryStatus.Pending, DeliveryStatus.Pending], message.Deliveries.Select(d => d.Status));
        Assert.Equal("77", message.Deliveries[0].ExternalId);
        Assert.Equal((0, Talk.Noon.AddHours(1), null), (message.Deliveries[1].Attempts, message.Deliveries[1].DueAt, message.Deliveries[1].Error));
        Assert.Equal(Talk.Noon, message.Deliveries[2].DueAt);
    }

    [Theory]
    [InlineData(DeliveryStatus.Failed)]
    [InlineData(DeliveryStatus.Uncertain)]
    public void A_stopped_message_is_pending_again_and_that_is_told(DeliveryStatus stopped)
    {
        var message = Stopped(stopped);

        _conversation.Retry(message, Talk.Noon);

        Assert.Equal((MessageStatus.Pending, null), (message.Status, message.Error));
        Assert.Equal([typeof(MessageStatusChanged)], _conversation.News());
    }

    [Fact]
    public void A_message_stays_where_it_was_shown()
    {
        var message = Stopped(DeliveryStatus.Failed);
        _conversation.Hear();

        _conversation.Retry(message, Talk.Noon);

        Assert.Equal((1, 2), (message.Seq, _conversation.LastSeq));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_sent_or_under_way_is_not_tried_again(bool sent)
    {
        var message = _conversation.Say("سلام");
        if (sent)
        {
            message.Deliveries[0].Succeed(scope: "", "77");
            _conversation.Settle(message, Talk.Noon);
        }

        var refused = Assert.Throws<RuleBrokenException>(() => _conversation.Retry(message, Talk.Noon));

        Assert.Equal(("invalid_field", "message_id"), (refused.Code, refused.Field));
    }

    [Fact]
    public void A_customers_message_is_not_tried_again()
    {
        var message = _conversation.Hear();

        Assert.Throws<RuleBrokenException>(() => _conversation.Retry(message, Talk.Noon));
    }

    private Message Stopped(DeliveryStatus how)
    {
        var message = _conversation.Say("سلام");
        if (how is DeliveryStatus.Failed)
        {
            message.Deliveries[0].Fail("Blocked");
        }
        else
        {
            message.Deliveries[0].LoseTrack("No answer");
        }

        _conversation.Settle(message, Talk.Noon);
        _conversation.Forget();
        return message;
    }
}
