namespace Fiko.Domain.Agents;

/// <summary>A person of the workspace who answers customers. On the wire a "user".</summary>
public sealed class Agent
{
    private Agent()
    {
    }

    public Agent(long workspaceId, string email, string firstName, string lastName, Role role, DateTimeOffset createdAt)
    {
        WorkspaceId = workspaceId;
        Email = NormalizeEmail(email);
        FirstName = firstName;
        LastName = lastName;
        Role = role;
        IsActive = true;
        CreatedAt = createdAt;
    }

    public long Id { get; private set; }

    public long WorkspaceId { get; private set; }

    /// <summary>Unique over all workspaces among those who are not removed, in the form that <see cref="NormalizeEmail"/> makes.</summary>
    public string Email { get; private set; } = "";

    public string FirstName { get; private set; } = "";

    public string LastName { get; private set; } = "";

    public Role Role { get; private set; }

    public bool IsActive { get; private set; }

    /// <summary>In the format of ASP.NET Core Identity's hasher; empty until a password is set, and then nobody can log in.</summary>
    public string PasswordHash { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Set when the agent was taken out of the workspace for good. Their name stays on what they wrote.</summary>
    public DateTimeOffset? RemovedAt { get; private set; }

    /// <summary>Rises with each change that others can see; the row's concurrency token.</summary>
    public int Version { get; private set; }

    /// <summary>The wire's <c>username</c>: what colleagues see.</summary>
    public string DisplayName => $"{FirstName} {LastName}".Trim() is { Length: > 0 } name ? name : Email;

    public bool MayAdminister => Role is Role.Owner or Role.Admin;

    public static string NormalizeEmail(string email) => email.Trim().ToLowerInvariant();

    public void SetPasswordHash(string hash) => PasswordHash = hash;

    public void Rename(string firstName, string lastName)
    {
        (FirstName, LastName) = (firstName, lastName);
        Version++;
    }

    public void MoveTo(string email)
    {
        Email = NormalizeEmail(email);
        Version++;
    }

    public void BecomeA(Role role)
    {
        Role = role;
        Version++;
    }

    public void Activate()
    {
        IsActive = true;
        Version++;
    }

    public void Deactivate()
    {
        IsActive = false;
        Version++;
    }

    /// <summary>Nobody logs in with it any more, and its address is free again.</summary>
    public void Remove(DateTimeOffset now)
    {
        Deactivate();
        PasswordHash = "";
        RemovedAt = now;
    }
}
