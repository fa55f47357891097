using Fiko.Application.Attachments;
using Fiko.Application.Conversations;
using Fiko.Application.Realtime;
using Fiko.Domain.Conversations;
using MediatR;

namespace Fiko.Application.Messaging;

/// <summary>A customer wrote: every list of the workspace hears it. What a blocked one writes is a change like others.</summary>
[SentTo(TopicKind.Inbox)]
public sealed record NewCustomerMessageFrame(
    string ConversationId,
    AnnouncedMessage Message,
    ConversationView Conversation,
    DateTimeOffset Timestamp,
    string Cursor) : DurableFrame("new_customer_message", Cursor);

/// <summary>The message as lists need it.</summary>
public sealed record AnnouncedMessage(string Id, string Content, MessageAuthor Type, DateTimeOffset CreatedAt, long? Seq, IReadOnlyList<AttachmentView> Attachments);

internal sealed class AnnounceCustomerMessage : INotificationHandler<Raised<MessageReceived>>
{
    public Task Handle(Raised<MessageReceived> news, CancellationToken ct)
    {
        if (news.Event.Quietly)
        {
            BroadcastConversationChange.Tell(news, "message");
        }
        else if (news.To.Wants(news.Now.Inbox)
            && news.Now.Message(news.Event.MessageId) is { } message
            && news.Now.Conversation(news.Event.ConversationId) is { } conversation)
        {
            var announced = new AnnouncedMessage(message.Id, message.Content, message.Author, message.CreatedAt, message.Seq, message.Attachments);
            news.To.Push(news.Now.Inbox, new NewCustomerMessageFrame(conversation.Id, announced, conversation, news.At, news.Cursor));
        }

        return Task.CompletedTask;
    }
}
