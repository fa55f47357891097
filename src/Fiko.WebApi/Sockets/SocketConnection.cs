using System.Net.WebSockets;
using System.Security.Cryptography;
using Fiko.Application.Audit;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Infrastructure.Auth;
using Fiko.Infrastructure.Realtime;

namespace Fiko.WebApi.Sockets;

/// <summary>What every socket is to the registry, whatever its frames mean.</summary>
internal abstract class SocketConnection(AcceptedSocket socket, CallerFeature proven, Topic topic, bool english, SocketParts parts)
{
    private static readonly TimeSpan WarnedBefore = TimeSpan.FromSeconds(60);

    private readonly FrameReader _reader = new(socket.Socket, parts.Options.MaxFrameBytes);

    // Replaced as a whole: who looks sees one token or the other, never half of each.
    private volatile CallerFeature _proven = proven;
    private CallerFeature? _warnedOf;
    private bool _opened;

    public Caller By => _proven.Caller;

    public Topic Topic { get; } = topic;

    /// <summary>The registry's moment before its agent was looked up.</summary>
    public long Moment => _proven.Moment;

    /// <summary>Its user's part in the limits.</summary>
    public SocketPlaces.Place? Place { get; init; }

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

    /// <summary>Says once of each token that it is about to end, and closes with 1008 when it has.</summary>
    public void LookAtToken(DateTimeOffset now)
    {
        var proof = _proven;
        if (proof.ExpiresAt <= now)
        {
            EndAuthentication();
        }
        else if (proof.ExpiresAt - now <= WarnedBefore && Volatile.Read(ref _opened) && _warnedOf != proof)
        {
            _warnedOf = proof;
            Say(new TokenExpiringFrame(proof.ExpiresAt, Parts.Time.Now()));
        }
    }

    /// <summary>Its user has shown another token: by that one it lives from now on, and no more by the one before.</summary>
    public void Renew(CallerFeature proof)
    {
        _proven = proof;

        // What ended while the token was read ends the socket, too; what ends from here on finds it by the new one.
        Parts.Registry.Verify(this);
        Say(new AuthenticatedFrame(proof.ExpiresAt, Parts.Time.Now()));
    }

    /// <summary>The token is not good any more: says so, and closes with 1008.</summary>
    public void EndAuthentication(string? requestType = null)
    {
        Say(Parts.Errors.AuthRequired(new FrameOrigin(English, requestType)));
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

    /// <summary>The server stops: says when to come back, and closes with 1001.</summary>
    /// <param name="turn">Where it stands among those that go, from 0 to 1.</param>
    public void GoAway(double? turn = null)
    {
        Say(new ReconnectFrame(Parts.Drain.PauseOf(turn)));
        Outbox.Close(CloseCode.GoingAway, "Server shuts down");
    }

    /// <summary>Opens, listens until either side closes, and returns when the connection is over.</summary>
    public async Task RunAsync(CancellationToken aborted)
    {
        using var following = await Parts.Feed.FollowAsync(By.WorkspaceId, aborted);
        Parts.Registry.Add(this);
        if (Parts.Drain.HasBegun)
        {
            // It came in before that, and too late to be found here.
            GoAway();
        }

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
        if (_reader.HasFaulted)
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
        catch (Exception) when (aborted.IsCancellationRequested)
        {
            // Its peer is gone, and is told nothing.
            return false;
        }
        catch (Exception problem)
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
        var pace = new FramePace(Parts.Options, Place?.Allowance, Parts.Time);
        while (!Outbox.Closed.IsCompleted)
        {
            try
            {
                if (await _reader.NextAsync(aborted) is var kind and not FrameKind.Text)
                {
                    EndFor(kind);
                    return;
                }

                if (pace.TryTake())
                {
                    await HandleAsync(_reader.Frame, aborted);
                }
                else if (!SlowDown(pace))
                {
                    return;
                }
            }
            finally
            {
                _reader.GiveBack();
            }
        }
    }

    private void EndFor(FrameKind kind)
    {
        switch (kind)
        {
            case FrameKind.TooLong:
                Outbox.Close(CloseCode.TooBig, "Frame is too long");
                break;
            case FrameKind.Binary:
                Say(Parts.Errors.UnsupportedData(new FrameOrigin(English)));
                Outbox.Close(CloseCode.UnsupportedData, "Binary frames are not supported");
                break;
        }
    }

    // Each refusal is answered as long as that does not crowd the queue: who floods and does not read is no slow reader.
    private bool SlowDown(FramePace pace)
    {
        Outbox.SendMomentary("rate_limited", Wire.Encode(Parts.Errors.RateLimited(new FrameOrigin(English))));
        if (pace.IsHopeless)
        {
            Parts.Log.Flooded(By.AgentId);
            Place?.Pause();
            Outbox.Close(CloseCode.TooMany, "Too many requests");
        }

        return !pace.IsHopeless;
    }
}
