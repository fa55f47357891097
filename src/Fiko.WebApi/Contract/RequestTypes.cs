using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fiko.Infrastructure.Realtime;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Fiko.WebApi.Contract;

/// <summary>The shapes that clients send and never get: of these a field may be missing, of an answer it may not.</summary>
internal sealed class RequestTypes
{
    private readonly HashSet<Type> _sent = [];

    public RequestTypes(IApiDescriptionGroupCollectionProvider descriptions)
    {
        var all = descriptions.ApiDescriptionGroups.Items.SelectMany(g => g.Items).ToList();
        var got = new HashSet<Type>();
        foreach (var operation in all)
        {
            foreach (var body in operation.ParameterDescriptions.Where(p => p.Source == BindingSource.Body))
            {
                Collect(body.Type, _sent);
            }

            foreach (var answer in operation.SupportedResponseTypes.Where(r => r.Type is not null && r.Type != typeof(void)))
            {
                Collect(answer.Type!, got);
            }
        }

        _sent.ExceptWith(got);
    }

    public bool Contains(Type type) => _sent.Contains(type);

    private static void Collect(Type type, HashSet<Type> into)
    {
        if (!into.Add(type))
        {
            return;
        }

        var inside = Nullable.GetUnderlyingType(type) ?? (SchemaNames.IsOptional(type) ? type.GetGenericArguments()[0] : null);
        if (inside is not null)
        {
            Collect(inside, into);
            return;
        }

        var info = Wire.Options.GetTypeInfo(type);
        if (info.ElementType is { } element)
        {
            Collect(element, into);
        }

        foreach (var field in info.Kind is JsonTypeInfoKind.Object ? info.Properties : [])
        {
            Collect(field.PropertyType, into);
        }
    }
}
