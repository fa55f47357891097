using System.Text.Json;
using Fiko.Application.Realtime;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Shared;

/// <summary>The words of the protocol's error table that validators share.</summary>
internal static class Rules
{
    public const string InvalidField = "invalid_field";

    public static string InvalidValue(string field) => $"Invalid value for field '{field}'";

    /// <param name="rule">The rule before this.</param>
    /// <param name="field">The field as the client wrote it.</param>
    public static IRuleBuilderOptions<T, TProperty> AsInvalidField<T, TProperty>(this IRuleBuilderOptions<T, TProperty> rule, string field) =>
        rule.WithErrorCode(InvalidField).WithMessage(InvalidValue(field)).OverridePropertyName(field);
}

/// <summary>An enum's names as the wire writes them.</summary>
public static class WireName
{
    public static bool TryRead<TEnum>(string text, out TEnum value)
        where TEnum : struct, Enum
    {
        foreach (var candidate in Enum.GetValues<TEnum>())
        {
            if (Of(candidate) == text)
            {
                value = candidate;
                return true;
            }
        }

        value = default;
        return false;
    }

    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}

/// <summary>Where logs stand.</summary>
public static class LogHeads
{
    public static Task<LogHead> HeadAsync(this IFikoDb db, long workspaceId, CancellationToken ct) =>
        db.Workspaces.Where(w => w.Id == workspaceId).Select(w => new LogHead(w.Id, w.LogStamp, w.Head)).SingleAsync(ct);
}
