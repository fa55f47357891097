using Fiko.Domain.Shared;

namespace Fiko.Domain.Conversations;

/// <summary>News of one conversation. Every durable change of it is one of these, in the order it happened.</summary>
public interface IConversationEvent : IDomainEvent
{
    long ConversationId { get; }
}

/// <summary>News about one message.</summary>
public interface IMessageEvent : IConversationEvent
{
    long MessageId { get; }
}

/// <summary>A customer wrote.</summary>
/// <param name="Quietly">They are blocked: nobody is called.</param>
public sealed record MessageReceived(long ConversationId, long MessageId, bool Quietly = false) : IMessageEvent;

/// <summary>An agent's message became visible: the platform answered, or was waited for long enough.</summary>
public sealed record MessagePublished(long ConversationId, long MessageId) : IMessageEvent;

/// <summary>More became known about a visible support message.</summary>
public sealed record MessageStatusChanged(long ConversationId, long MessageId) : IMessageEvent;

/// <summary>A message's text was replaced; the earlier one is kept as a revision.</summary>
public sealed record MessageEdited(long ConversationId, long MessageId) : IMessageEvent;

/// <summary>A message was taken back; a tombstone without content stays.</summary>
public sealed record MessageDeleted(long ConversationId, long MessageId) : IMessageEvent;

/// <summary>A later file of an album came, and its words with it.</summary>
public sealed record AlbumGrew(long ConversationId, long MessageId) : IMessageEvent;

/// <summary>More is known of a message's files: bytes came, or will not come.</summary>
public sealed record AttachmentsChanged(long ConversationId, long MessageId) : IMessageEvent;

/// <summary>One side put an emoji on a message, another one, or took it back (null).</summary>
/// <param name="AgentId">Which agent; null for the customer.</param>
public sealed record MessageReacted(long ConversationId, long MessageId, MessageAuthor By, long? AgentId, string? Emoji) : IMessageEvent;

/// <summary>An agent read what was unread, up to and including a position.</summary>
public sealed record ConversationRead(long ConversationId, long AgentId, long UpToSeq) : IConversationEvent;

/// <summary>The conversation was opened again, or otherwise changed its status.</summary>
/// <param name="By">Which agent; null where the customer's message did it. Rows of earlier versions have none of these facts.</param>
public sealed record ConversationStatusChanged(long ConversationId, long? By = null, ConversationStatus? From = null, ConversationStatus? To = null) : IConversationEvent;

/// <summary>Somebody else, or nobody, takes care of it from now on.</summary>
public sealed record ConversationAssigned(long ConversationId, long? By, long? From, long? To) : IConversationEvent;

/// <summary>It got tags or lost some, by their ids; or one of its tags is called something else.</summary>
public sealed record ConversationTagged(long ConversationId, long? By, IReadOnlyList<long> Added, IReadOnlyList<long> Removed, long? Renamed = null) : IConversationEvent;

/// <summary>It is more or less urgent than it was.</summary>
public sealed record ConversationPrioritised(long ConversationId, long? By, int From, int To) : IConversationEvent;

/// <summary>People call it something else.</summary>
public sealed record ConversationRetitled(long ConversationId, long? By) : IConversationEvent;

/// <summary>An agent wrote something for colleagues. Of no concern to anybody outside the workspace.</summary>
public sealed record NoteWritten(long ConversationId, long MessageId) : IMessageEvent;

/// <summary>The conversation and all that was said in it are erased.</summary>
public sealed record ConversationDeleted(long ConversationId) : IConversationEvent;

/// <summary>The customer's name or picture changed.</summary>
public sealed record CustomerChanged(long ConversationId, long CustomerId) : IConversationEvent;
