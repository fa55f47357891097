using Fiko.Domain.Conversations;

namespace Fiko.UnitTests.Conversations;

public sealed class AnsweringACustomer
{
    private readonly Conversation _conversation = Talk.New();

    [Fact]
    public void An_accepted_message_is_shown_to_nobody_yet()
    {
        var message = _conversation.Say("سلام");

        Assert.False(message.IsVisible);
        Assert.Equal(MessageStatus.Pending, message.Status);
        Assert.Equal(0, _conversation.LastSeq);
        Assert.Empty(_conversation.News());
    }

    [Fact]
    public void It_is_to_be_delivered_in_its_parts()
    {
        var message = _conversation.Say("one ", "two");

        Assert.Equal([(0, "one ", "555"), (1, "two", "555")], message.Deliveries.Select(d => (d.Part, d.Text, d.Chat)));
        Assert.All(message.Deliveries, d => Assert.Equal((DeliveryStatus.Pending, Talk.Noon), (d.Status, d.DueAt)));
    }

    [Fact]
    public void A_message_with_nothing_to_wait_for_is_sent_and_shown_at_once()
    {
        var message = _conversation.AnswerAtOnce(new OutgoingMessage("سلام", SenderId: 1, ClientId: "c1", ReplyToId: 4), Talk.Noon);

        Assert.Equal((1L, MessageStatus.Sent), (message.Seq, message.Status));
        Assert.Equal((1L, "c1", 4L), (message.SenderId, message.ClientId, message.ReplyToId));
        Assert.Equal([typeof(MessagePublished)], _conversation.News());
    }

    [Fact]
    public void A_message_gets_its_number_when_it_is_shown()
    {
        var answer = _conversation.Say("سلام");
        var question = _conversation.Hear();

        _conversation.Publish(answer, Talk.Noon);

        Assert.Equal((1, 2), (question.Seq, answer.Seq));
    }

    [Fact]
    public void A_message_is_shown_only_once()
    {
        var message = _conversation.Say("سلام");
        _conversation.Publish(message, Talk.Noon);
        _conversation.Publish(message, Talk.Noon);

        Assert.Equal((1, 1), (message.Seq, _conversation.LastSeq));
        Assert.Equal([typeof(MessagePublished)], _conversation.News());
    }

    [Fact]
    public void Answering_does_not_mark_the_conversation_read()
    {
        _conversation.Hear();

        _conversation.AnswerAtOnce(new OutgoingMessage("سلام", SenderId: 1), Talk.Noon);

        Assert.Equal(1, _conversation.UnreadCount);
    }
}
