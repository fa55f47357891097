using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Fiko.WebApi.Contract;

/// <summary>What the code says of its shapes, for the documents: the compiler writes it beside each assembly.</summary>
internal static partial class DocComments
{
    private static readonly Lazy<Dictionary<string, XElement>> Members = new(Load);

    /// <summary>Null where nothing is said.</summary>
    public static string? Of(Type type) => Read(Find("T", type)?.Element("summary"));

    /// <summary>Of a property, or of the parameter of a record that made it.</summary>
    public static string? Of(PropertyInfo property)
    {
        for (var type = property.DeclaringType; type is not null; type = type.BaseType)
        {
            var said = Find("P", type, $".{property.Name}")?.Element("summary")
                ?? Find("T", type)?.Elements("param").FirstOrDefault(p => p.Attribute("name")?.Value == property.Name);
            if (Read(said) is { } text)
            {
                return text;
            }
        }

        return null;
    }

    private static XElement? Find(string kind, Type type, string member = "")
    {
        var known = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return Members.Value.GetValueOrDefault($"{kind}:{known.FullName?.Replace('+', '.')}{member}");
    }

    private static string? Read(XElement? said)
    {
        var text = said is null ? "" : Space().Replace(Source().Replace(string.Concat(said.Nodes().Select(Read)), ""), " ").Trim();
        return text.Length == 0 ? null : text;
    }

    private static string Read(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" or "seealso" } see when see.Attribute("cref") is { } to => LastWord().Match(to.Value).Value,
        XElement { Name.LocalName: "paramref" } of => of.Attribute("name")?.Value ?? "",
        XElement other => string.Concat(other.Nodes().Select(Read)),
        _ => "",
    };

    private static Dictionary<string, XElement> Load() =>
        Directory.EnumerateFiles(AppContext.BaseDirectory, "Fiko.*.xml")
            .SelectMany(file => XDocument.Load(file).Descendants("member"))
            .DistinctBy(m => m.Attribute("name")!.Value)
            .ToDictionary(m => m.Attribute("name")!.Value);

    // Where a rule is written down is for who changes the code.
    [GeneratedRegex(@"\s*\((rest|protocol|channels)\.md[^)]*\)")]
    private static partial Regex Source();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"\w+(?=[`{]?\d*\}?$)")]
    private static partial Regex LastWord();
}
