namespace Fiko.Domain.Workspaces;

/// <summary>A company with its own agents, channels and customers. Nothing is shared between two of them.</summary>
public sealed class Workspace(string name, string logStamp, DateTimeOffset createdAt)
{
    /// <summary>The mark of <see cref="Limbo"/>, which no other log can have: theirs are hexadecimal.</summary>
    public const string LimboStamp = "limbo";

    public long Id { get; private set; }

    public string Name { get; private set; } = name;

    /// <summary>Position of the newest event in this workspace's log. Moved only by the transaction that appends.</summary>
    public long Head { get; private set; }

    /// <summary>Random mark of this log, part of every cursor: one from another database is told apart, not misread.</summary>
    public string LogStamp { get; private set; } = logStamp;

    public DateTimeOffset CreatedAt { get; private set; } = createdAt;

    /// <summary>Rises whenever somebody becomes an owner, stops being one, or is changed as one. A concurrency token: such changes happen one after the other.</summary>
    public int OwnersVersion { get; private set; }

    public void ChangeOwners() => OwnersVersion++;

    /// <summary>
    /// Where what is to be erased waits for it. Nobody is a member, so that it is out of everybody's sight at once, however long the
    /// erasing takes; and whatever is here is still to be erased.
    /// </summary>
    public static Workspace Limbo(DateTimeOffset createdAt) => new("", LimboStamp, createdAt);
}
