using System.Buffers;
using System.Net.WebSockets;
using System.Security.Cryptography;
using Fiko.Application.Audit;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Infrastructure.Realtime;

namespace Fiko.WebApi.Sockets;

/// <summary>What every socket is to the registry, whatever its frames mean.</summary>
internal abstract class SocketConnection(AcceptedSocket socket, Caller by, Topic topic, DateTimeOffset expires, bool english, SocketParts parts)
{
    private bool _opened;
    private bool _faulted;

    public Caller By { get; } = by;

    public Topic Topic { get; } = topic;

    public DateTimeOffset Expires { get; } = expires;

    /// <summary>The registry's moment before its agent was looked up.</summary>
    public long Moment { get; init; }

    /// <summary>There from the start: the feed's first frame may come while the connection still opens, on another thread.</summary>
    protected LiveStream Live { get; } = new(new SocketOutbox(socket, parts.Options, parts.Time), parts.Options.SendQueueFrames);

    protected SocketOutbox Outbox => Live.Outbox;

    protected SocketParts Parts => parts;

    protected Whereabouts From => socket.From;

    protected bool English => english;

    public void OfferLogged(long position, ReadOnlyMemory<byte> frame) => Live.Offer(position, frame);

    // Before the chat has shown its messages there is nothing to type into; who is there is told right after them.
    public void OfferMomentary(string key, ReadOnlyMemory<byte> frame)
    {
        if (Volatile.Read(ref _opened))
        {
            Outbox.SendMomentary(key, frame);
        }
    }

    /// <summary>The token is not good any more: says so, and closes with 1008.</summary>
    public void EndAuthentication()
    {
        Say(Parts.Errors.AuthRequired(new FrameOrigin(English)));
        Outbox.Close(CloseCode.Unauthenticated, "Authentication required");
    }

    /// <summary>Its agent is called otherwise, or may do other things now: closes with 1001, and comes back with that.</summary>
    public void RenewAgent() => Outbox.Close(CloseCode.GoingAway, "Your account has changed");

    /// <summary>The conversation was erased: says so, and closes with 4404.</summary>
    public void EndConversation()
    {
        Say(Parts.Errors.Describe(Access.ConversationNotFound(), new FrameOrigin(English), ""));
        Outbox.Close(CloseCode.ConversationNotFound, CloseCode.ConversationNotFoundReason);
    }

    public void GoAway() => Outbox.Close(CloseCode.GoingAway, "Server shuts down");

    /// <summary>Opens, listens until either side closes, and returns when the connection is over.</summary>
    public async Task RunAsync(CancellationToken aborted)
    {
        using var following = await Parts.Feed.FollowAsync(By.WorkspaceId, aborted);
        Parts.Registry.Add(this);
        Parts.Log.Opened(By.AgentId, Topic.Kind.ToString());
        try
        {
            if (await TryOpenAsync(aborted))
            {
                await ListenAsync(aborted);
            }
        }
        finally
        {
            Parts.Registry.Remove(this);
            Left();
            Parts.Log.Ended(By.AgentId, Topic.Kind.ToString());
        }

        Outbox.Close(WebSocketCloseStatus.NormalClosure, "");
        await Farewell.WaitAsync(socket, Outbox, Parts);
        if (_faulted)
        {
            // The framework closed it, and answers what still comes with a reset, which would overtake its closing frame.
            await Task.Delay(Parts.Options.CloseTimeout, Parts.Time, aborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Sends what a socket gets first, and joins the live frames to it.</summary>
    protected abstract Task OpenAsync(CancellationToken ct);

    protected abstract Task HandleAsync(ReadOnlyMemory<byte> frame, CancellationToken ct);

    protected abstract void Left();

    protected void Say(ServerFrame frame) => Outbox.Send(Wire.Encode(frame));

    /// <summary>From here on, frames of the moment are heard as well.</summary>
    protected void MarkOpened() => Volatile.Write(ref _opened, true);

    protected void Refuse(Exception problem, FrameOrigin of)
    {
        var trace = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        if (!FrameErrors.IsForeseen(problem))
        {
            Parts.Log.FrameFailed(problem, By.AgentId, trace);
        }

        Say(Parts.Errors.Describe(problem, of, trace));
    }

    private async Task<bool> TryOpenAsync(CancellationToken aborted)
    {
        try
        {
            await OpenAsync(aborted);
            return true;
        }
        catch (Exception problem) when (!aborted.IsCancellationRequested)
        {
            Refuse(problem, new FrameOrigin(English));
            var (code, reason) = FrameErrors.ClosesOnConnect(problem) is { } refused
                ? (refused, CloseCode.ConversationNotFoundReason)
                : (CloseCode.InternalError, "Could not be opened");
            Outbox.Close(code, reason);
            return false;
        }
    }

    private async Task ListenAsync(CancellationToken aborted)
    {
        while (!Outbox.Closed.IsCompleted)
        {
            // Waits without a buffer: an idle socket holds none.
            var first = await ReceiveAsync(Memory<byte>.Empty, aborted);
            if (first is null or { MessageType: WebSocketMessageType.Close })
            {
                return;
            }

            var buffer = ArrayPool<byte>.Shared.Rent(2048);
            try
            {
                var length = 0;
                var part = first.Value;
                while (!part.EndOfMessage)
                {
                    if (length == buffer.Length)
                    {
                        buffer = Grow(buffer);
                    }

                    if (await ReceiveAsync(buffer.AsMemory(length), aborted) is not { } next || next.MessageType is WebSocketMessageType.Close)
                    {
                        return;
                    }

                    part = next;
                    length += part.Count;
                    if (length > Parts.Options.MaxFrameBytes)
                    {
                        Outbox.Close(CloseCode.TooBig, "Frame is too long");
                        return;
                    }
                }

                if (part.MessageType is WebSocketMessageType.Binary)
                {
                    Say(Parts.Errors.UnsupportedData(new FrameOrigin(English)));
                    Outbox.Close(CloseCode.UnsupportedData, "Binary frames are not supported");
                    return;
                }

                await HandleAsync(buffer.AsMemory(0, length), aborted);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    private static byte[] Grow(byte[] full)
    {
        var larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }

    // Null where the connection is over: gone, or closed by us for what it sent (broken UTF-8: 1007, by the framework).
    private async ValueTask<ValueWebSocketReceiveResult?> ReceiveAsync(Memory<byte> buffer, CancellationToken aborted)
    {
        try
        {
            return await socket.Socket.ReceiveAsync(buffer, aborted);
        }
        catch (Exception gone) when (Farewell.IsGone(gone))
        {
            _faulted = gone is WebSocketException { WebSocketErrorCode: WebSocketError.Faulted };
            return null;
        }
    }
}

/// <summary>What sockets share.</summary>
internal sealed record SocketParts(
    IServiceScopeFactory Scopes,
    SocketRegistry Registry,
    IEventFeed Feed,
    FrameErrors Errors,
    SocketOptions Options,
    TimeProvider Time,
    ILogger<SocketConnection> Log);
