using Fiko.Domain.Conversations;
using Fiko.Domain.Customers;

namespace Fiko.UnitTests.Conversations;

public sealed class HearingFromACustomer
{
    private readonly Conversation _conversation = Talk.New();

    [Fact]
    public void Messages_are_numbered_from_one_with_no_gap()
    {
        Message[] heard = [_conversation.Hear(), _conversation.Hear(), _conversation.Hear()];

        Assert.Equal([1, 2, 3], heard.Select(m => m.Seq));
        Assert.Equal(3, _conversation.LastSeq);
    }

    [Fact]
    public void Each_message_counts_as_unread()
    {
        _conversation.Hear();
        _conversation.Hear();

        Assert.Equal(2, _conversation.UnreadCount);
    }

    [Fact]
    public void A_message_is_the_newest_activity()
    {
        _conversation.Receive(new IncomingMessage(Message.Text, "سلام", "1"), Talk.Noon.AddHours(1));

        Assert.Equal(Talk.Noon.AddHours(1), _conversation.UpdatedAt);
    }

    [Fact]
    public void A_message_keeps_what_the_channel_understood()
    {
        var message = _conversation.Receive(new IncomingMessage("photo", "[Photo]", "42", ReplyToId: 9) { Scope = "555" }, Talk.Noon);

        Assert.Equal(("photo", "[Photo]", "42", 9L, "555"), (message.Kind, message.Content, message.ExternalId, message.ReplyToId, message.PlatformIds[0].Scope));
        Assert.Equal(MessageAuthor.Customer, message.Author);
        Assert.Null(message.Status);
    }

    [Fact]
    public void A_message_is_told()
    {
        _conversation.Hear();

        Assert.Equal([typeof(MessageReceived)], _conversation.News());
    }

    [Fact]
    public void A_closed_conversation_opens_again_and_tells_that_first()
    {
        _conversation.ChangeStatus(ConversationStatus.Closed, _conversation.UpdatedAt);
        _conversation.Forget();

        _conversation.Hear();

        Assert.Equal(ConversationStatus.Active, _conversation.Status);
        Assert.Equal([typeof(ConversationStatusChanged), typeof(MessageReceived)], _conversation.News());
    }

    [Fact]
    public void A_pending_conversation_stays_pending()
    {
        _conversation.ChangeStatus(ConversationStatus.Pending, _conversation.UpdatedAt);

        _conversation.Hear();

        Assert.Equal(ConversationStatus.Pending, _conversation.Status);
    }

    [Fact]
    public void The_status_that_it_has_is_not_news()
    {
        _conversation.ChangeStatus(ConversationStatus.Active, _conversation.UpdatedAt);

        Assert.Empty(_conversation.News());
    }

    [Fact]
    public void News_is_handed_over_once()
    {
        _conversation.Hear();
        _conversation.TakeEvents();

        Assert.False(_conversation.HasEvents);
        Assert.Empty(_conversation.TakeEvents());
    }

    [Fact]
    public void A_new_name_is_taken_over_and_told()
    {
        _conversation.Follow(new CustomerProfile("Ali", "Karimi", "ali_k"));

        Assert.Equal("ali_k", _conversation.Customer.Username);
        Assert.Equal([typeof(CustomerChanged)], _conversation.News());
    }

    [Theory]
    [InlineData("Ali", "Karimi", "ali")]
    [InlineData("", null, null)]
    public void The_same_profile_or_none_is_not_news(string first, string? last, string? username)
    {
        _conversation.Follow(new CustomerProfile(first, last, username));

        Assert.Equal(("Ali", "Karimi", "ali"), (_conversation.Customer.FirstName, _conversation.Customer.LastName, _conversation.Customer.Username));
        Assert.Empty(_conversation.News());
    }
}
