using System.Text.Json;

namespace Fiko.Application.Resources;

/// <summary>A text that is one of an enum's names as the wire writes them: the published contract lists them (rest.md, OpenAPI).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NamesOfAttribute(Type type) : Attribute
{
    /// <summary>The names, in the enum's order.</summary>
    public IEnumerable<string> Names => Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName);
}
