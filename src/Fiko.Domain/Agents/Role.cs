namespace Fiko.Domain.Agents;

/// <summary>What a member of a workspace may do. Stored and shown by name.</summary>
public enum Role
{
    Agent,
    Admin,
    Owner,
}
