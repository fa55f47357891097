namespace Fiko.Domain.Conversations;

/// <summary>What a customer sent, as the channel understood it.</summary>
/// <param name="Kind"><c>text</c>, or what the placeholder in <paramref name="Content"/> stands for.</param>
/// <param name="Content">Readable in any case.</param>
/// <param name="ExternalId">The platform's id of the message within the chat.</param>
/// <param name="ReplyToId">The message of ours that it answers.</param>
public sealed record IncomingMessage(string Kind, string Content, string? ExternalId, long? ReplyToId = null);

/// <summary>What an agent wants to say.</summary>
public sealed record OutgoingMessage(string Content, long SenderId, string? ClientId = null, long? ReplyToId = null);
