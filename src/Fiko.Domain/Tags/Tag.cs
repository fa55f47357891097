namespace Fiko.Domain.Tags;

/// <summary>A word that a workspace sorts its conversations and customers by. Unique by its name, letter for letter.</summary>
public sealed class Tag
{
    private Tag()
    {
    }

    public Tag(long workspaceId, string name, string? colour, DateTimeOffset createdAt) =>
        (WorkspaceId, Name, Colour, CreatedAt) = (workspaceId, name, colour ?? Grey, createdAt);

    /// <summary>In UTF-16 units, after trimming.</summary>
    public const int LongestName = 64;

    /// <summary>The colour of a tag that came into being by being used.</summary>
    public const string Grey = "#9ca3af";

    public long Id { get; private set; }

    public long WorkspaceId { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary><c>#rrggbb</c>, in lower case.</summary>
    public string Colour { get; private set; } = Grey;

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Concurrency token.</summary>
    public int Version { get; private set; }

    /// <returns>Whether anything changed.</returns>
    public bool Change(string name, string colour)
    {
        if ((Name, Colour) == (name, colour))
        {
            return false;
        }

        (Name, Colour, Version) = (name, colour, Version + 1);
        return true;
    }
}
