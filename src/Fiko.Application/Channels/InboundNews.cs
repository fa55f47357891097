using Fiko.Domain.Customers;

namespace Fiko.Application.Channels;

/// <summary>What an inbound update says. A chat may be empty where the platform does not name it and its ids are unique without.</summary>
public abstract record InboundNews;

/// <summary>A customer wrote.</summary>
/// <param name="Chat">Where to answer.</param>
/// <param name="Profile">What the platform says about them.</param>
/// <param name="ExternalId">The platform's id of the message within the chat.</param>
/// <param name="Kind"><c>text</c>, or what <paramref name="Content"/> is a placeholder for.</param>
/// <param name="Content">Readable in any case, never empty.</param>
/// <param name="ReplyTo">The platform's id of the message that it answers.</param>
public sealed record CustomerWrote(string Chat, CustomerProfile Profile, string ExternalId, string Kind, string Content, string? ReplyTo = null) : InboundNews
{
    /// <summary>What the customer wrote under their files, where <see cref="Content"/> is a placeholder that holds it too.</summary>
    public string? Caption { get; init; }

    public IReadOnlyList<InboundFile> Files { get; init; } = [];

    /// <summary>Messages with the same mark in one chat are one message.</summary>
    public string? Album { get; init; }

    /// <summary>When, by the platform's clock; null where it does not say.</summary>
    public DateTimeOffset? At { get; init; }
}

/// <summary>A customer's file, before its bytes.</summary>
/// <param name="Kind">One of <see cref="Domain.Conversations.FileKind"/>.</param>
public sealed record InboundFile(string Kind)
{
    /// <summary>What the channel needs to fetch it; null where there is nothing to fetch.</summary>
    public string? RemoteId { get; init; }

    /// <summary>A public page that is kept as a link (a shared post), where the platform's rules say so.</summary>
    public string? Link { get; init; }

    /// <summary>Why there will be no bytes, in words for an agent.</summary>
    public string? Problem { get; init; }

    public string? Name { get; init; }

    public string? MediaType { get; init; }

    /// <summary>Bytes.</summary>
    public long? Size { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    /// <summary>Seconds.</summary>
    public int? Duration { get; init; }
}

/// <summary>Somebody changed a message on the platform.</summary>
/// <param name="Chat">Where.</param>
/// <param name="ExternalId">Which message.</param>
/// <param name="Content">What it says now, as in <see cref="CustomerWrote"/>.</param>
/// <param name="Order">Of two edits of a message the one with the higher number is the newer, whichever comes first.</param>
/// <param name="Caption">As in <see cref="CustomerWrote"/>.</param>
public sealed record CustomerEdited(string Chat, string ExternalId, string Content, long Order = 0, string? Caption = null) : InboundNews
{
    /// <summary>The platform tells the new words and nothing of the files that they stand under.</summary>
    public bool IsWordsAlone { get; init; }
}

/// <summary>Somebody took a message back on the platform, a customer or the business's owner.</summary>
public sealed record MessageWithdrawn(string Chat, string ExternalId) : InboundNews;

/// <summary>A customer reacted to a message, of either side.</summary>
/// <param name="Chat">Where.</param>
/// <param name="ExternalId">To which message.</param>
/// <param name="Emoji">Null where they took it back.</param>
/// <param name="Order">Of two reactions to a message the one with the higher number is the newer.</param>
public sealed record CustomerReacted(string Chat, string ExternalId, string? Emoji, long Order) : InboundNews;

/// <summary>A customer has seen a message, and all before it.</summary>
public sealed record CustomerRead(string Chat, string ExternalId) : InboundNews;

/// <summary>A customer can't be reached any more, or again.</summary>
/// <param name="Chat">Who.</param>
/// <param name="Blocked">Whether they shut the business out.</param>
/// <param name="Order">Of two the one with the higher number is the newer.</param>
public sealed record CustomerBlocked(string Chat, bool Blocked, long Order) : InboundNews;

/// <summary>The platform says that the business wrote: through this server, or past it in the platform's own app.</summary>
/// <param name="Chat">To whom.</param>
/// <param name="ExternalId">The platform's id of the message.</param>
/// <param name="Kind">As in <see cref="CustomerWrote"/>.</param>
/// <param name="Content">As in <see cref="CustomerWrote"/>.</param>
/// <param name="Text">The words alone, to be compared with what was sent; null where there are none.</param>
/// <param name="Via">What it was written with, as <c>external_send_result.source</c> shows it.</param>
public sealed record BusinessWrote(string Chat, string ExternalId, string Kind, string Content, string? Text, string Via) : InboundNews
{
    public string? Caption { get; init; }

    public IReadOnlyList<InboundFile> Files { get; init; } = [];

    public string? ReplyTo { get; init; }

    public DateTimeOffset? At { get; init; }
}

/// <summary>A chat has another id now.</summary>
public sealed record ChatMoved(string From, string To) : InboundNews;

/// <summary>Somebody addressed us in a group, where no inbox can be.</summary>
public sealed record GroupWrote(string Chat) : InboundNews;

/// <summary>Understood, and nothing for an inbox.</summary>
public sealed record NothingToDo(string Reason) : InboundNews;

/// <summary>Authentic, but not understood. It stays stored, with the reason.</summary>
public sealed record NotUnderstood(string Reason) : InboundNews;
