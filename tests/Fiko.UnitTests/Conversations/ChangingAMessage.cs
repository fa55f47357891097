using Fiko.Domain.Conversations;

namespace Fiko.UnitTests.Conversations;

public sealed class ChangingAMessage
{
    private static readonly DateTimeOffset Later = Talk.Noon.AddMinutes(5);

    private readonly Conversation _conversation = Talk.New();
    private readonly Message _message;

    public ChangingAMessage()
    {
        _message = _conversation.Hear("first");
        _conversation.Forget();
    }

    [Fact]
    public void An_edit_keeps_what_was_said_before()
    {
        _conversation.Edit(_message, "second", caption: null, Later);
        _conversation.Edit(_message, "third", caption: null, Later);

        Assert.Equal(("third", Later), (_message.Content, _message.EditedAt));
        Assert.Equal(["first", "second"], _message.Revisions.Select(r => r.Content));
        Assert.Equal([typeof(MessageEdited), typeof(MessageEdited)], _conversation.News());
    }

    [Fact]
    public void An_edit_that_changes_nothing_is_told_and_leaves_no_trace()
    {
        _conversation.Edit(_message, "first", caption: null, Later);

        Assert.Null(_message.EditedAt);
        Assert.Empty(_message.Revisions);
        Assert.Equal([typeof(MessageEdited)], _conversation.News());
    }

    [Fact]
    public void An_edit_of_the_platforms_that_changes_nothing_is_not_news()
    {
        _conversation.FollowEdit(_message, "first", caption: null, order: 7, Later);

        Assert.Null(_message.EditedAt);
        Assert.Empty(_conversation.News());
    }

    [Fact]
    public void A_deleted_message_keeps_its_place_and_no_words()
    {
        _conversation.Edit(_message, "second", caption: null, Later);
        _conversation.Forget();

        _conversation.Delete(_message, Later);

        Assert.Equal((1L, "", Later), (_message.Seq, _message.Content, _message.DeletedAt));
        Assert.Empty(_message.Revisions);
        Assert.Equal([typeof(MessageDeleted)], _conversation.News());
    }

    [Fact]
    public void The_texts_that_were_sent_are_erased_as_well()
    {
        var message = _conversation.Say("one", "two");

        _conversation.Delete(message, Later);

        Assert.All(message.Deliveries, d => Assert.Equal("", d.Text));
    }

    [Fact]
    public void A_message_is_deleted_once()
    {
        _conversation.Delete(_message, Later);
        _conversation.Delete(_message, Later.AddMinutes(1));

        Assert.Equal(Later, _message.DeletedAt);
        Assert.Equal([typeof(MessageDeleted)], _conversation.News());
    }

    [Fact]
    public void A_deleted_message_says_nothing_new_any_more()
    {
        _conversation.Delete(_message, Later);
        _conversation.Forget();

        _conversation.Edit(_message, "second", caption: null, Later);

        Assert.Equal("", _message.Content);
        Assert.Empty(_message.Revisions);
        Assert.Empty(_conversation.News());
    }

    [Fact]
    public void Each_change_is_a_new_version()
    {
        var before = _conversation.Version;

        _conversation.Edit(_message, "second", caption: null, Later);
        _conversation.Delete(_message, Later);

        Assert.Equal(before + 2, _conversation.Version);
    }
}
