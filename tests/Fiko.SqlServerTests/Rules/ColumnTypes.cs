using Fiko.SqlServerTests.Compiling;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Fiko.SqlServerTests.Rules;

/// <summary>The types of what a statement speaks of, as far as they can be told without an engine; empty where they can't.</summary>
internal sealed class ColumnTypes
{
    private readonly Dictionary<string, TableShape?> _aliases = new(StringComparer.OrdinalIgnoreCase);
    private readonly IReadOnlyDictionary<string, string> _parameters;

    public ColumnTypes(TSqlStatement statement, Tables tables, IReadOnlyDictionary<string, string> parameters)
    {
        _parameters = parameters;
        var sources = new Sources();
        statement.Accept(sources);
        foreach (var (alias, name) in sources.All)
        {
            // Two tables by one alias, or something that is no table: what it means depends on the place.
            var table = name is null ? null : tables.GetValueOrDefault(name);
            _aliases[alias] = _aliases.TryGetValue(alias, out var other) && other != table ? null : table;
        }
    }

    public ColumnShape? ColumnOf(ScalarExpression expression) => expression is not ColumnReferenceExpression { MultiPartIdentifier.Identifiers: var name } ? null
        : name.Count == 2 ? _aliases.GetValueOrDefault(name[0].Value)?.Columns.GetValueOrDefault(name[1].Value)
        : name.Count == 1 && _aliases.Count == 1 ? _aliases.Values.First()?.Columns.GetValueOrDefault(name[0].Value)
        : null;

    public TableShape? TableOf(string alias) => _aliases.GetValueOrDefault(alias);

    public string TypeOf(ScalarExpression expression) => expression switch
    {
        ParenthesisExpression inner => TypeOf(inner.Expression),
        VariableReference variable => _parameters.GetValueOrDefault(variable.Name, ""),
        CastCall cast => TableShape.TypeOf(cast.DataType),
        ConvertCall convert => TableShape.TypeOf(convert.DataType),
        IntegerLiteral => "int",
        StringLiteral => "nvarchar",
        BinaryLiteral => "varbinary",
        NumericLiteral => "decimal",
        RealLiteral => "float",
        _ => ColumnOf(expression)?.Type ?? "",
    };

    private sealed class Sources : TSqlFragmentVisitor
    {
        public List<(string Alias, string? Table)> All { get; } = [];

        public override void Visit(NamedTableReference node) => All.Add((node.Alias?.Value ?? Sql.NameOf(node.SchemaObject), Sql.NameOf(node.SchemaObject)));

        public override void Visit(QueryDerivedTable node) => All.Add((node.Alias.Value, null));

        public override void Visit(InlineDerivedTable node) => All.Add((node.Alias.Value, null));

        public override void Visit(OpenJsonTableReference node) => All.Add((node.Alias?.Value ?? "openjson", null));
    }
}
