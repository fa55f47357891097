namespace Fiko.Domain.Conversations;

/// <summary>Which side of the conversation wrote, or a colleague for colleagues. The wire's <c>type</c> of a message.</summary>
public enum MessageAuthor
{
    Customer,
    Support,

    /// <summary>An internal note: never sent to anybody.</summary>
    Note,
}
