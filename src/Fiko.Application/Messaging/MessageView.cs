using System.Text.Json.Serialization;
using Fiko.Application.Attachments;
using Fiko.Domain.Conversations;

namespace Fiko.Application.Messaging;

/// <summary>A message as sockets and REST show it (protocol.md, chat_message).</summary>
public sealed record MessageView(
    string Id,
    string Content,
    MessageAuthor Type,
    MessageCustomer Customer,
    DateTimeOffset CreatedAt,
    long? Seq,
    string ConversationId,
    string? ClientId,
    MessageSender? Sender,
    MessageStatus? Status,
    IReadOnlyList<AttachmentView> Attachments,
    string? ReplyTo,
    DateTimeOffset? EditedAt,
    DateTimeOffset? DeletedAt,
    string Kind,
    string? Caption,
    IReadOnlyList<ReactionView> Reactions,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<MessageSender>? Mentions = null);

/// <summary>Whose conversation it is. Never null, not even on an agent's message.</summary>
public sealed record MessageCustomer(string FirstName, string LastName);

/// <summary>The agent who wrote it, or whom a note calls.</summary>
public sealed record MessageSender(long UserId, string Username);

/// <summary>An emoji that one side put on a message.</summary>
/// <param name="Emoji">Which.</param>
/// <param name="By">Which side.</param>
/// <param name="UserId">Which agent; null for the customer.</param>
public sealed record ReactionView(string Emoji, MessageAuthor By, long? UserId);

/// <summary>What the platform said (protocol.md, external_send_result). Fields that say nothing are left out.</summary>
public sealed record ExternalSendResult(
    bool Success,
    string Platform,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Pending = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Source = null);
