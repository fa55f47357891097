namespace Fiko.Domain.Conversations;

/// <summary>
/// What an agent writes for colleagues. A type of its own that nothing on the way to a platform accepts: it can't become an
/// <see cref="OutgoingMessage"/>, an <see cref="OutgoingPiece"/> or a <see cref="Delivery"/>.
/// </summary>
/// <param name="Content">Its text.</param>
/// <param name="AuthorId">Who wrote it.</param>
/// <param name="Mentions">The agents that it calls.</param>
public sealed record InternalNote(string Content, long AuthorId, IReadOnlyList<long> Mentions, string? ClientId = null, string? Fingerprint = null);
