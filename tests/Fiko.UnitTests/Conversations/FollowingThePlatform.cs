using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;

namespace Fiko.UnitTests.Conversations;

public sealed class FollowingThePlatform
{
    private static readonly DateTimeOffset Later = Talk.Noon.AddMinutes(5);
    private static readonly AnswerWindow Window = new(TimeSpan.FromHours(24), TimeSpan.FromDays(7));

    private readonly Conversation _conversation = Talk.New();
    private readonly Message _message;

    public FollowingThePlatform()
    {
        _message = _conversation.Hear("first");
        _conversation.Forget();
    }

    [Fact]
    public void Edits_that_overtake_each_other_end_with_the_newest()
    {
        _conversation.FollowEdit(_message, "third", caption: null, order: 2, Later);
        _conversation.FollowEdit(_message, "second", caption: null, order: 1, Later);

        Assert.Equal("third", _message.Content);
        Assert.Equal([typeof(MessageEdited)], _conversation.News());
    }

    [Fact]
    public void Reactions_that_overtake_each_other_end_with_the_newest()
    {
        _conversation.FollowReaction(_message, emoji: null, order: 2);
        _conversation.FollowReaction(_message, "👍", order: 1);

        Assert.Null(_message.CustomerReaction);
        Assert.Empty(_conversation.News());
    }

    [Fact]
    public void Each_side_has_a_reaction_of_its_own()
    {
        _conversation.FollowReaction(_message, "👍", order: 1);
        _conversation.React(_message, "❤", agentId: 3);

        Assert.Equal(("👍", "❤", 3L), (_message.CustomerReaction, _message.SupportReaction, _message.SupportReactorId));

        _conversation.React(_message, emoji: null, agentId: 4);

        Assert.Equal(("👍", null, null), (_message.CustomerReaction, _message.SupportReaction, _message.SupportReactorId));
    }

    [Fact]
    public void A_withdrawn_message_keeps_neither_files_nor_reactions_and_takes_none()
    {
        var photo = _conversation.Receive(new IncomingMessage("photo", "[photo]", "2") { Files = [new IncomingFile(FileKind.Image) { RemoteId = "f" }] }, Talk.Noon);
        _conversation.FollowReaction(photo, "👍", order: 1);

        _conversation.Delete(photo, Later);
        _conversation.FollowReaction(photo, "👎", order: 2);
        _conversation.FollowEdit(photo, "[photo] again", "again", order: 9, Later);

        Assert.Equal(("", null, null), (photo.Content, photo.Caption, photo.CustomerReaction));
        Assert.Equal((AttachmentStatus.Deleted, null), (photo.Attachments[0].Status, photo.Attachments[0].RemoteId));
    }

    [Fact]
    public void An_album_is_one_message_with_its_words_whichever_picture_comes_first()
    {
        var album = _conversation.Receive(Picture("12", caption: null), Talk.Noon);
        _conversation.Forget();

        _conversation.Grow(album, Picture("11", "The receipt"), Talk.Noon);

        Assert.Equal(("[photo] The receipt", "The receipt", 2), (album.Content, album.Caption, album.AttachmentCount));
        Assert.Equal([12L, 11L], album.Attachments.Select(a => a.Position));
        Assert.Equal(["12", "11"], album.PlatformIds.Select(p => p.ExternalId));
        Assert.Equal(2, _conversation.LastSeq);
        Assert.Equal([typeof(AlbumGrew)], _conversation.News());
    }

    [Fact]
    public void A_receipt_makes_what_was_sent_read_and_nothing_else()
    {
        var sent = _conversation.Say("one");
        sent.Deliveries[0].Succeed(scope: "", "7");
        _conversation.Settle(sent, Talk.Noon);
        var open = _conversation.Say("two");
        _conversation.Forget();

        _conversation.MarkSeen(sent);
        _conversation.MarkSeen(sent);
        _conversation.MarkSeen(open);
        _conversation.MarkSeen(_message);

        Assert.Equal((MessageStatus.Read, MessageStatus.Pending, null), (sent.Status, open.Status, _message.Status));
        Assert.Equal([typeof(MessageStatusChanged)], _conversation.News());
    }

    [Fact]
    public void What_was_written_in_the_platforms_app_is_the_businesss_message_of_no_agent()
    {
        var echo = _conversation.Echo(new IncomingMessage(Message.Text, "From my phone", "m1"), "instagram_direct", Later);

        Assert.Equal((MessageAuthor.Support, MessageStatus.Sent, null, "instagram_direct", 2L), (echo.Author, echo.Status, echo.SenderId, echo.Via, echo.Seq));
        Assert.Equal([typeof(MessagePublished)], _conversation.News());
    }

    [Fact]
    public void The_window_begins_with_the_newest_message_in_whatever_order_they_come()
    {
        _conversation.OpenWindow(Window, Later);
        _conversation.OpenWindow(Window, Talk.Noon);

        Assert.Equal((Later, Later.AddHours(24)), (_conversation.CustomerWroteAt, _conversation.ReplyUntil));
    }

    [Fact]
    public void A_platform_without_a_window_shows_no_end()
    {
        _conversation.OpenWindow(window: null, Later);

        Assert.Null(_conversation.ReplyUntil);
    }

    [Fact]
    public void Being_shut_out_is_told_once_and_an_older_word_changes_nothing()
    {
        _conversation.SetReachable(false, order: 5, Later);
        _conversation.SetReachable(false, order: 6, Later);
        _conversation.SetReachable(true, order: 4, Later);

        Assert.Equal(Later, _conversation.UnreachableSince);
        Assert.Equal([typeof(CustomerChanged)], _conversation.News());

        _conversation.SetReachable(true, order: 7, Later);

        Assert.Null(_conversation.UnreachableSince);
    }

    private static IncomingMessage Picture(string id, string? caption) => new("photo", caption is null ? "[photo]" : $"[photo] {caption}", id)
    {
        Album = "a",
        Caption = caption,
        Files = [new IncomingFile(FileKind.Image) { RemoteId = id }],
    };
}
