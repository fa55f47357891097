using System.Net.WebSockets;

namespace Fiko.WebApi.Sockets;

/// <summary>Why the server closes a socket (protocol.md, Limits): each falls in a class that tells the client what to do.</summary>
internal static class CloseCode
{
    /// <summary>Come back: the server goes away.</summary>
    public const WebSocketCloseStatus GoingAway = WebSocketCloseStatus.EndpointUnavailable;

    /// <summary>Come back and resume: this reader was too slow.</summary>
    public const WebSocketCloseStatus TryAgainLater = (WebSocketCloseStatus)1013;

    /// <summary>Get a new token. Means nothing else.</summary>
    public const WebSocketCloseStatus Unauthenticated = WebSocketCloseStatus.PolicyViolation;

    /// <summary>Stop: there is no such conversation.</summary>
    public const WebSocketCloseStatus ConversationNotFound = (WebSocketCloseStatus)4404;

    /// <summary>One reason for all: unknown, foreign and malformed ids can't be told apart.</summary>
    public const string ConversationNotFoundReason = "Conversation not found";

    /// <summary>Stop: only text is spoken here.</summary>
    public const WebSocketCloseStatus UnsupportedData = WebSocketCloseStatus.InvalidMessageType;

    /// <summary>Stop: the frame is too long.</summary>
    public const WebSocketCloseStatus TooBig = WebSocketCloseStatus.MessageTooBig;

    /// <summary>Stop: too many frames, or too many sockets.</summary>
    public const WebSocketCloseStatus TooMany = (WebSocketCloseStatus)4429;

    public const WebSocketCloseStatus InternalError = WebSocketCloseStatus.InternalServerError;
}
