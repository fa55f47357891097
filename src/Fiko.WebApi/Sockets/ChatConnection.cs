using Fiko.Application.Messaging;
using Fiko.Application.Presence;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Fiko.Infrastructure.Auth;
using Fiko.Infrastructure.Realtime;

namespace Fiko.WebApi.Sockets;

/// <summary>A socket on one chat: recent messages first (or what was missed), then who is there, then what happens.</summary>
internal sealed class ChatConnection(
    AcceptedSocket socket,
    CallerFeature proven,
    ConversationId conversation,
    string? cursor,
    PresenceBoard presence,
    TypingBoard typing,
    bool english,
    SocketParts parts)
    : RoutedConnection<ChatSession>(
        socket, new ChatSession(proven.Caller, conversation), Protocol.Chat, proven, Topic.Chat(conversation.Value), english, parts)
{
    private bool _entered;

    protected override async Task OpenAsync(CancellationToken ct)
    {
        var resumed = cursor is null ? null : await ResumeAsync(Session.Conversation, cursor, ct);
        if (resumed is not { Frame.Recovered: true })
        {
            var recent = await AskAsync(mediator => mediator.Send(new OpenChat(By, Session.Conversation), ct));
            ReadOnlyMemory<byte>[] first = resumed is null ? [] : [Wire.Encode(resumed.Frame)];
            Live.Release(recent.Position, [.. first, Wire.Encode(recent)]);
        }

        presence.Enter(By, Session.Conversation, Greet);
        _entered = true;
    }

    protected override ChatSession SessionOf(Caller by) => Session with { By = by };

    protected override void Left()
    {
        if (_entered)
        {
            typing.Leave(By, Session.Conversation.Value, Session.Tab);
            presence.Leave(By, Session.Conversation);
        }
    }

    private void Greet(IReadOnlyList<UserPresenceFrame> others)
    {
        MarkOpened();
        foreach (var other in others)
        {
            Say(other);
        }
    }
}
