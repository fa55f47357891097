namespace Fiko.Domain.Conversations;

/// <summary>Where a conversation stands. Stored and shown by name, in lower case on the wire.</summary>
public enum ConversationStatus
{
    Active,
    Pending,
    Closed,
}
