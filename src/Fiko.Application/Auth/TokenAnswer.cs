using System.Text.Json.Serialization;
using Fiko.Application.Realtime;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using Fiko.Domain.Shared;

namespace Fiko.Application.Auth;

/// <summary>Who is logged in, as the REST API shows it (rest.md, Auth).</summary>
public sealed record AccountView(long Id, string Email, string FirstName, string LastName, [property: NamesOf(typeof(Role))] string Role, [property: JsonIgnore] int Version) : IVersioned
{
    internal static AccountView Of(Agent agent) =>
        new(agent.Id, agent.Email, agent.FirstName, agent.LastName, WireName.Of(agent.Role), agent.Version);
}

/// <summary>A pair of tokens and whose they are (rest.md, Auth; the field names are OAuth's, RFC 6749, section 5.1).</summary>
public sealed record TokenAnswer(string AccessToken, string RefreshToken, string TokenType, int ExpiresIn, AccountView User)
{
    internal static TokenAnswer Of(AccessToken access, string refreshToken, AccountView user) =>
        new(access.Text, refreshToken, "Bearer", access.ExpiresIn, user);
}

/// <summary>How the slice says no. Each sentence covers every cause, so that it gives none of them away.</summary>
internal static class Refusals
{
    public static RuleBrokenException AuthFailed() => new("auth_failed", "Wrong email or password");

    public static RuleBrokenException WrongPassword() => new("wrong_password", "The current password is wrong", "current_password");

    public static RuleBrokenException InvalidRefreshToken() => new("invalid_refresh_token", "The refresh token is not valid");

    public static RuleBrokenException AuthRequired() => new("auth_required", "Authentication required");

    public static RuleBrokenException LoginElsewhere() => new("login_elsewhere", "Users of this server log in at its identity provider");
}
