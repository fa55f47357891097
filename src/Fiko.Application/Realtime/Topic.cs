namespace Fiko.Application.Realtime;

/// <summary>Who listens: the list sockets of a workspace, or the sockets of one chat.</summary>
public readonly record struct Topic(TopicKind Kind, long Id)
{
    public static Topic Inbox(long workspaceId) => new(TopicKind.Inbox, workspaceId);

    public static Topic Chat(long conversationId) => new(TopicKind.Chat, conversationId);
}

/// <summary>The two kinds of sockets. Combined, which of them an event concerns.</summary>
[Flags]
public enum TopicKind
{
    Inbox = 1,
    Chat = 2,
}
