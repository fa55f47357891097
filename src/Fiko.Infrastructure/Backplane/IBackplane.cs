namespace Fiko.Infrastructure.Backplane;

/// <summary>
/// Carries words between instances. What it carries is never the only copy: the log is in the database, sessions are too,
/// and presence is said again. Losing a word, or the whole of it, delays what others see.
/// </summary>
internal interface IBackplane
{
    /// <summary>Names this start of this instance.</summary>
    Guid Instance { get; }

    /// <summary>False while words may be lost: then whoever relies on them looks by themselves, more often.</summary>
    bool IsHeard { get; }

    /// <summary>Whether anybody else is there. A word to nobody needs no making.</summary>
    bool HasPeers { get; }

    /// <summary>Called with each word of another instance, in its sender's order. Must not throw and not wait.</summary>
    Action<Guid, BackplaneWord>? Heard { get; set; }

    /// <summary>An instance that is not heard any more: its lease has ended.</summary>
    Action<Guid>? Lost { get; set; }

    /// <summary>Words may have been lost until now, and are heard from now on.</summary>
    Action? HeardAgain { get; set; }

    /// <summary>Hears what concerns a workspace, until disposed. Returns when that is so, or will be once there is a way.</summary>
    Task<IDisposable> FollowAsync(long workspaceId);

    /// <summary>Says something, if it can be said at this moment. Never waits.</summary>
    void Say(BackplaneWord word);
}

/// <summary>A server that is alone: what it does, it hears itself.</summary>
internal sealed class NoBackplane : IBackplane
{
    public Guid Instance { get; } = Guid.NewGuid();

    public bool IsHeard => true;

    public bool HasPeers => false;

    public Action<Guid, BackplaneWord>? Heard { get; set; }

    public Action<Guid>? Lost { get; set; }

    public Action? HeardAgain { get; set; }

    public Task<IDisposable> FollowAsync(long workspaceId) => Task.FromResult<IDisposable>(new Nothing());

    public void Say(BackplaneWord word)
    {
        // Nobody is there.
    }

    private sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
