namespace Fiko.Domain.Customers;

/// <summary>What a platform says about a customer along with their message.</summary>
public sealed record CustomerProfile(string FirstName, string? LastName = null, string? Username = null);
