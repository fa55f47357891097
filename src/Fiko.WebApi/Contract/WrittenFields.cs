using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Fiko.WebApi.Contract;

/// <summary>What the serializer does with a record's fields, read off the same attributes that it reads.</summary>
internal static class WrittenFields
{
    /// <summary>In every answer, as null where there is nothing to say; the others are left out then.</summary>
    public static bool IsAlwaysWritten(this JsonPropertyInfo field) =>
        field.Get is not null && field.Attribute<JsonIgnoreAttribute>()?.Condition is null or JsonIgnoreCondition.Never;

    /// <summary>Whether clients have to send it.</summary>
    public static bool IsDemanded(this JsonPropertyInfo field) => field.IsRequired || field.Attribute<RequiredAttribute>() is not null;

    /// <summary>Whether it is never null where it is there, whatever its type allows.</summary>
    public static bool IsNeverNull(this JsonPropertyInfo field, bool sent) => sent
        ? field.Attribute<RequiredAttribute>() is not null
        : field.Attribute<JsonIgnoreAttribute>()?.Condition is JsonIgnoreCondition.WhenWritingNull
            || (!field.PropertyType.IsValueType && !field.IsGetNullable);

    public static PropertyInfo? Member(this JsonPropertyInfo field) => field.AttributeProvider as PropertyInfo;

    public static T? Attribute<T>(this JsonPropertyInfo field)
        where T : Attribute =>
        field.AttributeProvider?.GetCustomAttributes(typeof(T), inherit: true).OfType<T>().FirstOrDefault();

    /// <summary>Whether the T of an <c>Optional</c> may be null.</summary>
    public static bool MayBeNullInside(this JsonPropertyInfo field) =>
        field.Member() is { } member
        && new NullabilityInfoContext().Create(member).GenericTypeArguments is [{ ReadState: NullabilityState.Nullable }];
}

/// <summary>The JSON types of a field that takes more than one.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class JsonFormsAttribute(params string[] types) : Attribute
{
    public string[] Types { get; } = types;
}
