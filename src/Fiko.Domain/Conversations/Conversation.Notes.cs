namespace Fiko.Domain.Conversations;

/// <content>What colleagues write to each other between the messages.</content>
public sealed partial class Conversation
{
    /// <summary>How many notes came after the newest message: what a list shows as the last message is that many numbers back.</summary>
    public int TrailingNotes { get; private set; }

    /// <summary>A note has its place among the messages, counts neither as unread nor as an answer, and goes nowhere.</summary>
    public Message Annotate(InternalNote note, DateTimeOffset now)
    {
        var message = new Message(this, MessageAuthor.Note, Message.Text, note.Content, now)
        {
            SenderId = note.AuthorId,
            ClientId = note.ClientId,
            Fingerprint = note.Fingerprint,
        };
        message.Mention(note.Mentions);
        var before = TrailingNotes;
        Show(message, now);
        TrailingNotes = before + 1;
        Raise(() => new NoteWritten(Id, message.Id));
        return message;
    }

    /// <summary>Its author says something else in a note.</summary>
    public void EditNote(Message message, InternalNote note, DateTimeOffset now)
    {
        message.Mention(note.Mentions);
        Edit(message, note.Content, caption: null, now);
    }
}
