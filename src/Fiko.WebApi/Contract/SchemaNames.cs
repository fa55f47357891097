using System.Text.Json.Serialization.Metadata;
using Fiko.Application.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;

namespace Fiko.WebApi.Contract;

/// <summary>What shapes are called in both documents: the wire's words, without the accidents of C#.</summary>
internal static class SchemaNames
{
    private const string View = "View";

    /// <summary>Null where a shape is written where it stands.</summary>
    public static string? Of(JsonTypeInfo info) =>
        Nullable.GetUnderlyingType(info.Type) is not null || info.Type.IsAssignableTo(typeof(ProblemDetails)) || IsOptional(info.Type)
            || OpenApiOptions.CreateDefaultSchemaReferenceId(info) is null
            ? null
            : Of(info.Type);

    public static string Of(Type type)
    {
        if (!type.IsGenericType)
        {
            return type.Name.Length > View.Length && type.Name.EndsWith(View, StringComparison.Ordinal) ? type.Name[..^View.Length] : type.Name;
        }

        var arguments = string.Concat(type.GetGenericArguments().Select(Of));
        return $"{arguments}{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}";
    }

    public static bool IsOptional(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>);
}
