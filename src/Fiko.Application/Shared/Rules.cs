using FluentValidation;
using FluentValidation.Internal;

namespace Fiko.Application.Shared;

/// <summary>The words of the protocol's error table that validators share.</summary>
internal static class Rules
{
    public const string InvalidField = "invalid_field";

    /// <summary>A name or a title, which stands in lists and headers: no line breaks, nothing invisible.</summary>
    public static bool IsOneLine(string? text) => text is null || !text.Any(char.IsControl);

    public static string InvalidValue(string field) => $"Invalid value for field '{field}'";

    /// <summary>Whichever check of the rule fails, the field is what is wrong.</summary>
    /// <param name="rule">The rule before this.</param>
    /// <param name="field">The field as the client wrote it.</param>
    public static IRuleBuilderOptions<T, TProperty> AsInvalidField<T, TProperty>(this IRuleBuilderOptions<T, TProperty> rule, string field) =>
        rule.OverridePropertyName(field).Configure(checks =>
        {
            foreach (var check in checks.Components.OfType<IRuleComponent<T, TProperty>>())
            {
                check.ErrorCode = InvalidField;
                check.SetErrorMessage(InvalidValue(field));
            }
        });
}
