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

    public void TooManyRequests()
    {
        _outbox.Send(Wire.Encode(parts.Errors.RateLimited(new FrameOrigin(english))));
        _outbox.Close(CloseCode.TooMany, "Too many requests");
    }

    public void TooManyConnections()
    {
        _outbox.Send(Wire.Encode(parts.Errors.TooManyConnections(new FrameOrigin(english))));
        _outbox.Close(CloseCode.TooMany, "Too many connections");
    }

    // In a crowd the refused must not keep the places of those who would be let in.
    public Task EndAsync(bool inACrowd) => Farewell.WaitAsync(socket, _outbox, parts, untilAnswered: !inACrowd);
}
