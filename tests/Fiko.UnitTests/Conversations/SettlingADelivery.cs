using Fiko.Domain.Conversations;

namespace Fiko.UnitTests.Conversations;

public sealed class SettlingADelivery
{
    private readonly Conversation _conversation = Talk.New();

    [Fact]
    public void A_message_is_shown_as_sent_when_the_platform_took_it()
    {
        var message = _conversation.Say("سلام");
        message.Deliveries[0].Succeed(scope: "", "77");

        _conversation.Settle(message, Talk.Noon);

        Assert.Equal((1L, MessageStatus.Sent), (message.Seq, message.Status));
        Assert.Equal([typeof(MessagePublished)], _conversation.News());
    }

    [Fact]
    public void It_is_sent_only_when_all_its_parts_are()
    {
        var message = _conversation.Say("one", "two");
        message.Deliveries[0].Succeed(scope: "", "77");
        _conversation.Settle(message, Talk.Noon);

        Assert.Equal((false, MessageStatus.Pending), (message.IsVisible, message.Status));

        message.Deliveries[1].Succeed(scope: "", "78");
        _conversation.Settle(message, Talk.Noon);

        Assert.Equal((true, MessageStatus.Sent), (message.IsVisible, message.Status));
    }

    [Fact]
    public void The_reason_of_a_single_part_is_the_messages_reason()
    {
        var message = _conversation.Say("سلام");
        message.Deliveries[0].Fail("Blocked");

        _conversation.Settle(message, Talk.Noon);

        Assert.Equal((MessageStatus.Failed, "Blocked"), (message.Status, message.Error));
    }

    [Fact]
    public void A_message_failed_as_soon_as_one_part_did_and_says_which()
    {
        var message = _conversation.Say("one", "two", "three");
        message.Deliveries[0].Succeed(scope: "", "77");
        message.Deliveries[1].Fail("Blocked");

        _conversation.Settle(message, Talk.Noon);

        Assert.Equal((MessageStatus.Failed, "Part 2 of 3: Blocked"), (message.Status, message.Error));
        Assert.Equal([typeof(MessagePublished)], _conversation.News());
    }

    [Fact]
    public void A_message_is_uncertain_as_soon_as_one_part_is_and_says_which()
    {
        var message = _conversation.Say("one", "two");
        message.Deliveries[0].LoseTrack("No answer");

        _conversation.Settle(message, Talk.Noon);

        Assert.Equal((MessageStatus.Uncertain, "Part 1 of 2: No answer"), (message.Status, message.Error));
    }

    [Fact]
    public void A_postponed_part_leaves_the_message_hidden()
    {
        var message = _conversation.Say("سلام");
        message.Deliveries[0].Postpone(Talk.Noon.AddMinutes(1), "Too many requests");

        _conversation.Settle(message, Talk.Noon);

        Assert.False(message.IsVisible);
        Assert.Empty(_conversation.News());
    }

    [Fact]
    public void What_becomes_known_of_a_message_that_is_shown_as_pending_changes_its_status()
    {
        var message = ShownAsPending();
        message.Deliveries[0].Succeed(scope: "", "77");

        _conversation.Settle(message, Talk.Noon);

        Assert.Equal((1L, MessageStatus.Sent), (message.Seq, message.Status));
        Assert.Equal([typeof(MessageStatusChanged)], _conversation.News());
    }

    [Fact]
    public void Nothing_new_is_not_told()
    {
        var message = ShownAsPending();
        message.Deliveries[0].Postpone(Talk.Noon.AddMinutes(1), "Too many requests");

        _conversation.Settle(message, Talk.Noon);

        Assert.Empty(_conversation.News());
    }

    [Fact]
    public void A_late_answer_settles_an_uncertain_message_as_sent()
    {
        var message = _conversation.Say("سلام");
        message.Deliveries[0].LoseTrack("No answer");
        _conversation.Settle(message, Talk.Noon);
        _conversation.Forget();

        message.Deliveries[0].Succeed(scope: "", "77");
        _conversation.Settle(message, Talk.Noon);

        Assert.Equal((MessageStatus.Sent, null), (message.Status, message.Error));
        Assert.Equal([typeof(MessageStatusChanged)], _conversation.News());
    }

    private Message ShownAsPending()
    {
        var message = _conversation.Say("سلام");
        _conversation.Publish(message, Talk.Noon);
        _conversation.Forget();
        return message;
    }
}
