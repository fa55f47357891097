using System.Reflection;
using Fiko.Domain.Conversations;
using Fiko.Domain.Shared;

namespace Fiko.UnitTests.Conversations;

public sealed class WritingANote
{
    private readonly Conversation _conversation = Talk.New();

    [Fact]
    public void It_has_its_place_among_the_messages_and_is_neither_unread_nor_an_answer()
    {
        _conversation.Hear();
        _conversation.Forget();

        var note = Annotate();

        Assert.Equal((2L, MessageAuthor.Note, null), (note.Seq, note.Author, note.Status));
        Assert.Equal((1, 1), (_conversation.UnreadCount, _conversation.TrailingNotes));
        Assert.Equal([typeof(NoteWritten)], _conversation.News());
    }

    [Fact]
    public void The_last_message_stays_the_one_before_it()
    {
        _conversation.Hear();
        Annotate();
        Annotate();
        Assert.Equal(1, _conversation.LastSeq - _conversation.TrailingNotes);

        _conversation.Hear();

        Assert.Equal(4, _conversation.LastSeq - _conversation.TrailingNotes);
    }

    [Fact]
    public void It_can_not_be_sent()
    {
        var note = Annotate();

        Assert.Empty(note.Deliveries);
        Assert.Throws<RuleBrokenException>(() => _conversation.Retry(note, Talk.Noon));
        Assert.Throws<InvalidOperationException>(() => _conversation.Settle(note, Talk.Noon));
        Assert.Throws<InvalidOperationException>(() => Force(note, "MarkSent"));
        Assert.Throws<InvalidOperationException>(() => Force(note, "Deliver", new[] { new OutgoingPiece("Hm") }, Talk.Noon));
        Assert.Throws<InvalidOperationException>(() => ForceDelivery(note));
        Assert.Equal((null, 0), (note.Status, note.Deliveries.Count));
    }

    [Fact]
    public void Neither_can_a_customers_message()
    {
        var heard = _conversation.Hear();

        Assert.Throws<InvalidOperationException>(() => Force(heard, "Deliver", new[] { new OutgoingPiece("Hm") }, Talk.Noon));
        Assert.Throws<InvalidOperationException>(() => ForceDelivery(heard));
    }

    [Fact]
    public void What_it_says_and_whom_it_calls_is_gone_when_it_is_taken_back()
    {
        var note = _conversation.Annotate(new InternalNote("Hm", 1, [2, 3], "n1", "print"), Talk.Noon);

        _conversation.Delete(note, Talk.Noon);

        Assert.Equal(("", null, null), (note.Content, note.Mentions, note.Fingerprint));
    }

    private Message Annotate() => _conversation.Annotate(new InternalNote("Hm", 1, []), Talk.Noon);

    private static void ForceDelivery(Message message) => Unwrap(() => typeof(Delivery)
        .GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic).Single(c => c.GetParameters().Length > 0)
        .Invoke([message, 0, new OutgoingPiece("Hm"), Talk.Noon]));

    private static void Force(Message message, string method, params object[] arguments) =>
        Unwrap(() => typeof(Message).GetMethod(method, BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(message, arguments));

    private static void Unwrap(Action forced)
    {
        try
        {
            forced();
        }
        catch (TargetInvocationException thrown)
        {
            throw thrown.InnerException!;
        }
    }
}
