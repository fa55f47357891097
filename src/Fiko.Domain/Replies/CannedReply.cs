namespace Fiko.Domain.Replies;

/// <summary>A text that a workspace's agents use again and again, with places that are filled in when it is used.</summary>
public sealed class CannedReply
{
    private CannedReply()
    {
    }

    public CannedReply(long workspaceId, long createdBy, string title, string? shortcut, string text, DateTimeOffset now)
    {
        (WorkspaceId, CreatedBy) = (workspaceId, createdBy);
        (Title, Shortcut, Text) = (title, shortcut, text);
        CreatedAt = UpdatedAt = now;
    }

    public const int LongestTitle = 100;
    public const int LongestShortcut = 32;

    public long Id { get; private set; }

    public long WorkspaceId { get; private set; }

    /// <summary>Unique in the workspace.</summary>
    public string Title { get; private set; } = "";

    /// <summary>What an agent types to get it; unique in the workspace where there is one.</summary>
    public string? Shortcut { get; private set; }

    public string Text { get; private set; } = "";

    public long CreatedBy { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Concurrency token.</summary>
    public int Version { get; private set; }

    /// <returns>Whether anything changed.</returns>
    public bool Change(string title, string? shortcut, string text, DateTimeOffset now)
    {
        if ((Title, Shortcut, Text) == (title, shortcut, text))
        {
            return false;
        }

        (Title, Shortcut, Text, UpdatedAt, Version) = (title, shortcut, text, now, Version + 1);
        return true;
    }
}
