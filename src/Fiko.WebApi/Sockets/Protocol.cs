using System.Text.Json;
using Fiko.Application.Conversations;
using Fiko.Application.Messaging;
using Fiko.Application.Presence;
using Fiko.Application.Realtime;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Fiko.WebApi.Contract;

namespace Fiko.WebApi.Sockets;

/// <summary>Everything a client may say (protocol.md, section 2). Who says it, and where, is the socket's and never the frame's.</summary>
internal static class Protocol
{
    public static readonly FrameRoutes<InboxSession> Inbox = new FrameRoutes<InboxSession>()
        .On("get_conversations", (ListBody f, InboxSession s) => new ListConversations(s.By, f.Limit, f.Page, f.Filters?.Read()))
        .On("refresh_conversations", (ListBody f, InboxSession s) => new ListConversations(s.By, f.Limit, f.Page, f.Filters?.Read()))
        .Renews<TokenBody, AuthenticatedFrame>("authenticate")
        .On("ping", s => new Ping(s.By));

    public static readonly FrameRoutes<ChatSession> Chat = new FrameRoutes<ChatSession>()
        .On("chat_message", (ChatMessageBody f, ChatSession s) => f.Send(s))
        .On("note", (NoteBody f, ChatSession s) => new WriteNote(s.By, s.Conversation, f.Content, f.ClientId, f.Mentions))
        .On("claim", s => new ClaimConversation(s.By, s.Conversation))
        .On("release", s => new ReleaseConversation(s.By, s.Conversation))
        .On("assign", (AssignBody f, ChatSession s) => new AssignConversation(s.By, s.Conversation, f.UserId.IsSet ? f.UserId.Value : throw BadFrameException.InvalidField("user_id"), f.Expected))
        .On("set_status", (StatusBody f, ChatSession s) => new SetConversationStatus(s.By, s.Conversation, f.Status))
        .On("typing", (TypingBody f, ChatSession s) => new SetTyping(s.By, s.Conversation, f.IsTyping, s.Tab))
        .On("mark_read", (MarkReadBody f, ChatSession s) => new MarkRead(s.By, s.Conversation, f.UpTo))
        .On("get_messages", (HistoryBody f, ChatSession s) => new GetMessages(s.By, s.Conversation, f.Before, f.After, f.Limit))
        .Aside("edit_message", (EditBody f, ChatSession s) => new EditMessage(s.By, s.Conversation, f.MessageId, f.Content))
        .Aside("delete_message", (MessageBody f, ChatSession s) => new DeleteMessage(s.By, s.Conversation, f.MessageId))
        .Aside("message_reaction", (ReactionBody f, ChatSession s) => new ReactToMessage(s.By, s.Conversation, f.MessageId, f.Emoji))
        .On("retry_message", (MessageBody f, ChatSession s) => new RetryMessage(s.By, s.Conversation, f.MessageId))
        .Renews<TokenBody, AuthenticatedFrame>("authenticate")
        .On("ping", s => new Ping(s.By));

    private sealed record ListBody(int? Limit, string? Page, FiltersBody? Filters);

    private sealed record FiltersBody(string? Status, string? Source, bool? UnreadOnly, [property: JsonForms("string", "integer")] JsonElement? AssignedTo, string? Tag, string? Search)
    {
        public ConversationFilters Read() => new(Status, Source, UnreadOnly, WrittenAssignee, Tag, Search);

        // A user id is a number on the wire; "me" and "none" are words.
        private string? WrittenAssignee => AssignedTo switch
        {
            null or { ValueKind: JsonValueKind.Null } => null,
            { ValueKind: JsonValueKind.String } word => word.ReadableText() ?? word.GetRawText(),
            { } other => other.GetRawText(),
        };
    }

    private sealed record ChatMessageBody(string? Content, string? ClientId, string? ReplyTo, string?[]? Attachments, long? ExpectedSeq, bool? Force)
    {
        public SendMessage Send(ChatSession to) =>
            new(to.By, to.Conversation, Content, ClientId, ReplyTo, Attachments, Force is true ? null : ExpectedSeq);
    }

    private sealed record NoteBody(string? Content, string? ClientId, long[]? Mentions);

    private sealed record AssignBody(Optional<long?> UserId, Optional<long?> Expected);

    private sealed record StatusBody(string? Status);

    private sealed record TypingBody(bool? IsTyping);

    private sealed record MarkReadBody(string? UpTo);

    private sealed record HistoryBody(long? Before, long? After, int? Limit);

    private sealed record EditBody(string? MessageId, string? Content);

    private sealed record ReactionBody(string? MessageId, string? Emoji);

    private sealed record MessageBody(string? MessageId);

    private sealed record TokenBody(string? Token)
    {
        // A record prints its members; this one's is a secret.
        public override string ToString() => nameof(TokenBody);
    }
}

/// <summary>A socket on the list.</summary>
internal sealed record InboxSession(Caller By);

/// <summary>A socket on one chat.</summary>
internal sealed record ChatSession(Caller By, ConversationId Conversation)
{
    /// <summary>Tells the sockets of one user apart.</summary>
    public Guid Tab { get; } = Guid.NewGuid();
}
