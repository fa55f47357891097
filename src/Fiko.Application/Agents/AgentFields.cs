using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using FluentValidation;

namespace Fiko.Application.Agents;

/// <summary>What an agent's fields may hold, wherever they are written.</summary>
internal static class AgentFields
{
    public const int ShortestPassword = 10;

    private const int LongestPassword = 128;
    private const int LongestEmail = 254;
    private const int LongestName = 100;

    /// <summary>Whether mail arrives can't be told from an address; what no mail could ever reach is a slip.</summary>
    public static bool IsEmail(string? email)
    {
        var at = email?.Trim().Split('@');
        return at is [{ Length: > 0 }, { Length: > 0 }]
            && email!.Trim().Length <= LongestEmail
            && !email.Trim().Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
    }

    /// <summary>Null is as good as empty.</summary>
    public static bool IsName(string? name) => name is null || (name.Trim().Length <= LongestName && Rules.IsOneLine(name));

    /// <summary>Length is what makes a password strong; what else it holds is its owner's affair (NIST SP 800-63B, 3.1.1.2).</summary>
    public static bool IsPassword(string? password) => password is { Length: >= ShortestPassword and <= LongestPassword };

    public static bool IsRole(string? role) => role is not null && WireName.TryRead<Role>(role, out _);

    public static Role RoleOf(string role) => WireName.TryRead<Role>(role, out var read) ? read : throw new ArgumentException("No role", nameof(role));

    public static IRuleBuilderOptions<T, string?> AsPassword<T>(this IRuleBuilder<T, string?> rule, string field) =>
        rule.Must(IsPassword)
            .WithErrorCode(Rules.InvalidField)
            .WithMessage($"A password has {ShortestPassword} to {LongestPassword} characters")
            .OverridePropertyName(field);
}
