using Fiko.Application.Shared;
using Fiko.Infrastructure.Realtime;

namespace Fiko.WebApi.Sockets;

/// <summary>A socket that was accepted only to be told why it can't be.</summary>
internal sealed class RefusedConnection(AcceptedSocket socket, bool english, SocketParts parts)
{
    private readonly SocketOutbox _outbox = new(socket, parts.Options, parts.Time);

    public void EndAuthentication()
    {
        _outbox.Send(Wire.Encode(parts.Errors.AuthRequired(new FrameOrigin(english))));
        _outbox.Close(CloseCode.Unauthenticated, "Authentication required");
    }

    public void NoSuchConversation()
    {
        _outbox.Send(Wire.Encode(parts.Errors.Describe(Access.ConversationNotFound(), new FrameOrigin(english), "")));
        _outbox.Close(CloseCode.ConversationNotFound, CloseCode.ConversationNotFoundReason);
    }

    public Task EndAsync() => Farewell.WaitAsync(socket, _outbox, parts);
}
