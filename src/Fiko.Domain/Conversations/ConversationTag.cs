namespace Fiko.Domain.Conversations;

/// <summary>That a conversation has a tag, as a row: what filters and counts read. Made and removed by its conversation alone.</summary>
public sealed class ConversationTag
{
    private ConversationTag()
    {
    }

    internal ConversationTag(long tagId) => TagId = tagId;

    public long ConversationId { get; private set; }

    public long TagId { get; private set; }
}
