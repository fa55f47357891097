using Fiko.Application.Attachments;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Messaging;

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

    public required string? Caption { get; init; }

    public required string? Via { get; init; }

    public required int AttachmentCount { get; init; }

    public required string? CustomerReaction { get; init; }

    public required string? SupportReaction { get; init; }

    public required long? SupportReactorId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset? EditedAt { get; init; }

    public required DateTimeOffset? DeletedAt { get; init; }

    public required string Source { get; init; }

    public required string CustomerFirstName { get; init; }

    public required string CustomerLastName { get; init; }

    public string? Fingerprint { get; init; }

    public IReadOnlyList<long>? MentionIds { get; init; }

    /// <summary>Whom a note calls; loaded beside the row, and only where it calls anybody.</summary>
    public IReadOnlyList<MessageSender> Mentions { get; init; } = [];

    /// <summary>Its files; loaded beside the row, and only where it has any.</summary>
    public IReadOnlyList<AttachmentView> Attachments { get; init; } = [];

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
        Attachments,
        ReplyToId is { } original ? new MessageId(original).ToString() : null,
        EditedAt,
        DeletedAt,
        Kind,
        Caption,
        Reactions,
        Author is MessageAuthor.Note ? Mentions : null);

    /// <summary>Null for a customer's message.</summary>
    public ExternalSendResult? SendResult => Status switch
    {
        null => null,
        MessageStatus.Pending => new ExternalSendResult(false, Source, Pending: true),
        MessageStatus.Failed or MessageStatus.Uncertain => new ExternalSendResult(false, Source, Error: Error),
        _ => new ExternalSendResult(true, Source, Source: Via),
    };

    // Hardly any message has one, so that hardly any list is made.
    private IReadOnlyList<ReactionView> Reactions => (CustomerReaction, SupportReaction) switch
    {
        (null, null) => [],
        ({ } theirs, null) => [new ReactionView(theirs, MessageAuthor.Customer, null)],
        (null, { } ours) => [new ReactionView(ours, MessageAuthor.Support, SupportReactorId)],
        ({ } theirs, { } ours) => [new ReactionView(theirs, MessageAuthor.Customer, null), new ReactionView(ours, MessageAuthor.Support, SupportReactorId)],
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
            Fingerprint = m.Fingerprint,
            MentionIds = m.Mentions,
            SenderId = m.SenderId,
            SenderFirstName = sender.FirstName,
            SenderLastName = sender.LastName,
            ReplyToId = m.ReplyToId,
            Status = m.Status,
            Error = m.Error,
            Caption = m.Caption,
            Via = m.Via,
            AttachmentCount = m.AttachmentCount,
            CustomerReaction = m.CustomerReaction,
            SupportReaction = m.SupportReaction,
            SupportReactorId = m.SupportReactorId,
            CreatedAt = m.CreatedAt,
            EditedAt = m.EditedAt,
            DeletedAt = m.DeletedAt,
            Source = c.Source,
            CustomerFirstName = customer.FirstName,
            CustomerLastName = customer.LastName,
        };

    /// <summary>The rows with their files and mentions: one query, and one more each where any has such.</summary>
    public static async Task<List<MessageRow>> LoadAsync(this IQueryable<MessageRow> rows, IFikoDb db, IFileLinks links, CancellationToken ct)
    {
        var loaded = await (await rows.ToListAsync(ct)).WithMentionsAsync(db, ct);
        var withFiles = loaded.Where(r => r.AttachmentCount > 0).Select(r => (long?)r.Key).ToArray();
        if (withFiles.Length == 0)
        {
            return loaded;
        }

        var files = await db.Attachments.AsNoTracking()
            .Where(a => withFiles.Contains(a.MessageId))
            .OrderBy(a => a.Position).ThenBy(a => a.Id)
            .ToListAsync(ct);
        var byMessage = files.ToLookup(a => a.MessageId, a => AttachmentView.Of(a, links));
        return loaded.ConvertAll(r => r.AttachmentCount == 0 ? r : r with { Attachments = [.. byMessage[r.Key]] });
    }

    private static async Task<List<MessageRow>> WithMentionsAsync(this List<MessageRow> rows, IFikoDb db, CancellationToken ct)
    {
        var called = rows.SelectMany(r => r.MentionIds ?? []).Distinct().ToArray();
        if (called.Length == 0)
        {
            return rows;
        }

        var agents = await db.Agents.Where(a => called.Contains(a.Id)).Select(a => new { a.Id, a.FirstName, a.LastName }).ToListAsync(ct);
        var byId = agents.ToDictionary(a => a.Id, a => new MessageSender(a.Id, $"{a.FirstName} {a.LastName}".Trim()));
        return rows.ConvertAll(r => r.MentionIds is null ? r : r with { Mentions = [.. r.MentionIds.Where(byId.ContainsKey).Select(id => byId[id])] });
    }
}
