using System.Text.Json.Serialization;
using Fiko.Application.Shared;
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
    string Kind);

/// <summary>Whose conversation it is. Never null, not even on an agent's message.</summary>
public sealed record MessageCustomer(string FirstName, string LastName);

/// <summary>The agent who wrote it.</summary>
public sealed record MessageSender(long UserId, string Username);

/// <summary>A file of a message.</summary>
public sealed record AttachmentView(string Id);

/// <summary>What the platform said (protocol.md, external_send_result). Fields that say nothing are left out.</summary>
public sealed record ExternalSendResult(
    bool Success,
    string Platform,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Pending = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error = null);

/// <summary>A message with everything that its frames need.</summary>
public sealed record MessageRow
{
    public required long Key { get; init; }

    public required long WorkspaceId { get; init; }

    public required long ConversationKey { get; init; }

    public required long? Seq { get; init; }

    public required MessageAuthor Author { get; init; }

    public required string Kind { get; init; }

    public required string Content { get; init; }

    public required string? ClientId { get; init; }

    public required long? SenderId { get; init; }

    public required string? SenderFirstName { get; init; }

    public required string? SenderLastName { get; init; }

    public required long? ReplyToId { get; init; }

    public required MessageStatus? Status { get; init; }

    public required string? Error { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset? EditedAt { get; init; }

    public required DateTimeOffset? DeletedAt { get; init; }

    public required string Source { get; init; }

    public required string CustomerFirstName { get; init; }

    public required string CustomerLastName { get; init; }

    public string Id => new MessageId(Key).ToString();

    public string ConversationId => new ConversationId(ConversationKey).ToString();

    public MessageView View => new(
        Id,
        Content,
        Author,
        new MessageCustomer(CustomerFirstName, CustomerLastName),
        CreatedAt,
        Seq,
        ConversationId,
        ClientId,
        SenderId is { } sender ? new MessageSender(sender, $"{SenderFirstName} {SenderLastName}".Trim()) : null,
        Status,
        [],
        ReplyToId is { } original ? new MessageId(original).ToString() : null,
        EditedAt,
        DeletedAt,
        Kind);

    /// <summary>Null for a customer's message.</summary>
    public ExternalSendResult? SendResult => Status switch
    {
        null => null,
        MessageStatus.Pending => new ExternalSendResult(false, Source, Pending: true),
        MessageStatus.Failed or MessageStatus.Uncertain => new ExternalSendResult(false, Source, Error: Error),
        _ => new ExternalSendResult(true, Source),
    };
}

internal static class MessageRows
{
    /// <summary>What has no number yet is seen by nobody but its sender.</summary>
    public static IQueryable<Message> Visible(this IQueryable<Message> messages) => messages.Where(m => m.Seq != null);

    /// <summary>One query; each row is four look-ups by key.</summary>
    public static IQueryable<MessageRow> ToRows(this IQueryable<Message> messages, IFikoDb db) =>
        from m in messages
        join c in db.Conversations on m.ConversationId equals c.Id
        join customer in db.Customers on c.CustomerId equals customer.Id
        join a in db.Agents on m.SenderId equals a.Id into senders
        from sender in senders.DefaultIfEmpty()
        select new MessageRow
        {
            Key = m.Id,
            WorkspaceId = c.WorkspaceId,
            ConversationKey = m.ConversationId,
            Seq = m.Seq,
            Author = m.Author,
            Kind = m.Kind,
            Content = m.Content,
            ClientId = m.ClientId,
            SenderId = m.SenderId,
            SenderFirstName = sender.FirstName,
            SenderLastName = sender.LastName,
            ReplyToId = m.ReplyToId,
            Status = m.Status,
            Error = m.Error,
            CreatedAt = m.CreatedAt,
            EditedAt = m.EditedAt,
            DeletedAt = m.DeletedAt,
            Source = c.Source,
            CustomerFirstName = customer.FirstName,
            CustomerLastName = customer.LastName,
        };
}
