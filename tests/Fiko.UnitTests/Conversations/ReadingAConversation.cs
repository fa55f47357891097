using Fiko.Domain.Conversations;

namespace Fiko.UnitTests.Conversations;

public sealed class ReadingAConversation
{
    private readonly Conversation _conversation = Talk.New();

    public ReadingAConversation()
    {
        _conversation.Hear();
        _conversation.Hear();
        _conversation.Hear();
        _conversation.Forget();
    }

    [Fact]
    public void Reading_up_to_a_message_leaves_what_came_after_it()
    {
        Assert.True(_conversation.MarkRead(agentId: 1, upToSeq: 2, unreadAfter: 1));

        Assert.Equal((2, 1), (_conversation.ReadUpToSeq, _conversation.UnreadCount));
        Assert.Equal(new ConversationRead(_conversation.Id, AgentId: 1, UpToSeq: 2), Assert.Single(_conversation.TakeEvents()));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 0)]
    public void A_position_never_moves_back(long upToSeq, int unreadAfter)
    {
        _conversation.MarkRead(agentId: 1, upToSeq: 2, unreadAfter: 1);
        _conversation.Forget();

        Assert.False(_conversation.MarkRead(agentId: 2, upToSeq, unreadAfter));

        Assert.Equal((2, 1), (_conversation.ReadUpToSeq, _conversation.UnreadCount));
        Assert.Empty(_conversation.News());
    }

    [Fact]
    public void With_nothing_unread_nothing_is_told()
    {
        _conversation.MarkRead(agentId: 1, upToSeq: 3, unreadAfter: 0);
        _conversation.AnswerAtOnce(new OutgoingMessage("سلام", SenderId: 1), Talk.Noon);
        _conversation.Forget();

        Assert.False(_conversation.MarkRead(agentId: 2, upToSeq: 4, unreadAfter: 0));
        Assert.Empty(_conversation.News());
    }

    [Fact]
    public void An_agents_own_position_moves_forward_only()
    {
        var position = new ReadPosition(conversationId: 1, agentId: 1, upToSeq: 5, Talk.Noon);

        position.Advance(4, Talk.Noon.AddMinutes(1));
        position.Advance(5, Talk.Noon.AddMinutes(1));
        Assert.Equal((5, Talk.Noon), (position.UpToSeq, position.At));

        position.Advance(6, Talk.Noon.AddMinutes(2));
        Assert.Equal((6, Talk.Noon.AddMinutes(2)), (position.UpToSeq, position.At));
    }
}
