namespace Fiko.Domain.Conversations;

/// <summary>Which side of the conversation wrote. The wire's <c>type</c> of a message.</summary>
public enum MessageAuthor
{
    Customer,
    Support,
}
