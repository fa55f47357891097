using Fiko.Application.Realtime;
using Fiko.Domain.Conversations;
using Fiko.Domain.Shared;
using MediatR;

namespace Fiko.Application.Conversations;

/// <summary>Something about a listed conversation changed. A v1 client asks again; others take the summary that comes with it.</summary>
/// <param name="ConversationId">Which.</param>
/// <param name="Conversation">Its summary now; null where it was deleted.</param>
/// <param name="Reason">message, read, status, assignment, tags, priority, title, customer or deleted.</param>
/// <param name="Timestamp">When it changed.</param>
/// <param name="Cursor">Its place in the log; left out where it answers one socket whose request changed nothing.</param>
[SentTo(TopicKind.Inbox | TopicKind.Chat)]
public sealed record ConversationUpdatedFrame(string ConversationId, ConversationView? Conversation, string Reason, DateTimeOffset Timestamp, string? Cursor)
    : DurableFrame("conversation_updated", Cursor);

/// <summary>Every change but a customer's message tells the lists so (protocol.md, Lists).</summary>
internal sealed class BroadcastConversationChange :
    INotificationHandler<Raised<MessagePublished>>,
    INotificationHandler<Raised<MessageEdited>>,
    INotificationHandler<Raised<MessageDeleted>>,
    INotificationHandler<Raised<AlbumGrew>>,
    INotificationHandler<Raised<ConversationRead>>,
    INotificationHandler<Raised<NoteWritten>>,
    INotificationHandler<Raised<ConversationStatusChanged>>,
    INotificationHandler<Raised<ConversationAssigned>>,
    INotificationHandler<Raised<ConversationTagged>>,
    INotificationHandler<Raised<ConversationPrioritised>>,
    INotificationHandler<Raised<ConversationRetitled>>,
    INotificationHandler<Raised<ConversationDeleted>>,
    INotificationHandler<Raised<CustomerChanged>>
{
    public Task Handle(Raised<MessagePublished> news, CancellationToken ct) => Tell(news, "message");

    public Task Handle(Raised<MessageEdited> news, CancellationToken ct) => Tell(news, "message");

    public Task Handle(Raised<MessageDeleted> news, CancellationToken ct) => Tell(news, "message");

    public Task Handle(Raised<AlbumGrew> news, CancellationToken ct) => Tell(news, "message");

    public Task Handle(Raised<ConversationRead> news, CancellationToken ct) => Tell(news, "read");

    public Task Handle(Raised<NoteWritten> news, CancellationToken ct) => Tell(news, "message");

    public Task Handle(Raised<ConversationStatusChanged> news, CancellationToken ct) => TellBoth(news, "status");

    public Task Handle(Raised<ConversationAssigned> news, CancellationToken ct) => TellBoth(news, "assignment");

    public Task Handle(Raised<ConversationTagged> news, CancellationToken ct) => TellBoth(news, "tags");

    public Task Handle(Raised<ConversationPrioritised> news, CancellationToken ct) => TellBoth(news, "priority");

    public Task Handle(Raised<ConversationRetitled> news, CancellationToken ct) => TellBoth(news, "title");

    public Task Handle(Raised<CustomerChanged> news, CancellationToken ct) => Tell(news, "customer");

    public Task Handle(Raised<ConversationDeleted> news, CancellationToken ct)
    {
        var id = news.Event.ConversationId;
        if (news.To.Wants(news.Now.Inbox))
        {
            news.To.Push(news.Now.Inbox, new ConversationUpdatedFrame(new ConversationId(id).ToString(), null, "deleted", news.At, news.Cursor));
        }

        news.To.End(Topic.Chat(id));
        return Task.CompletedTask;
    }

    // Who has the chat open sees its status and whose it is, too.
    private static Task TellBoth<TEvent>(Raised<TEvent> news, string reason)
        where TEvent : IConversationEvent, IDomainEvent
    {
        Tell(news, reason, Topic.Chat(news.Event.ConversationId));
        return Tell(news, reason);
    }

    public static Task Tell<TEvent>(Raised<TEvent> news, string reason)
        where TEvent : IConversationEvent, IDomainEvent
    {
        Tell(news, reason, news.Now.Inbox);
        return Task.CompletedTask;
    }

    private static void Tell<TEvent>(Raised<TEvent> news, string reason, Topic topic)
        where TEvent : IConversationEvent, IDomainEvent
    {
        if (news.To.Wants(topic) && news.Now.Conversation(news.Event.ConversationId) is { } conversation)
        {
            news.To.Push(topic, new ConversationUpdatedFrame(conversation.Id, conversation, reason, news.At, news.Cursor));
        }
    }
}
