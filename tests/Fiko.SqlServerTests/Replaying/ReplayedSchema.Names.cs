using Fiko.SqlServerTests.Compiling;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Fiko.SqlServerTests.Replaying;

/// <summary>Renaming, and comparing.</summary>
internal sealed partial class ReplayedSchema
{
    /// <summary>Everything in it but EF Core's own table, a line for each thing, so that two can be compared.</summary>
    public IReadOnlyCollection<string> Lines()
    {
        var lines = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, table) in _tables.Where(t => t.Key != History))
        {
            lines.UnionWith(table.Definition.ColumnDefinitions.Select(c => $"{name}.{Line(c)}"));
            lines.UnionWith(table.Definition.TableConstraints.Concat<TSqlFragment>(table.Definition.Indexes).Select(k => $"{name}: {Sql.Write(k)}"));
        }

        lines.UnionWith(_indices.Values.Select(Sql.Write));
        lines.UnionWith(_others.Values.Select(Sql.Write));
        return lines;
    }

    private static string Line(ColumnDefinition column)
    {
        var type = column.DataType is { } declared ? Sql.Write(declared) : "";
        var computed = column.ComputedColumnExpression is { } expression ? $" AS {Sql.Write(expression)}{(column.IsPersisted ? " PERSISTED" : "")}" : "";
        var isNull = column.Constraints.OfType<NullableConstraintDefinition>().Any(c => !c.Nullable) ? "NOT NULL" : "NULL";
        return $"{column.ColumnIdentifier.Value} {type}{computed} {column.Collation?.Value} {isNull} {(column.IdentityOptions is null ? "" : "IDENTITY")}";
    }

    private void Rename(string[] words)
    {
        var (path, to) = (words[0].Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.'), words[1]);
        switch (words.ElementAtOrDefault(2)?.ToUpperInvariant())
        {
            case "COLUMN" when _tables.TryGetValue(path[0], out var table) && ColumnOf(table, path[1]) is not null:
                table.Definition.Accept(new Renaming(path[1], to));
                foreach (var index in _indices.Values.Where(i => Sql.NameOf(i.OnName) == path[0]))
                {
                    index.Accept(new Renaming(path[1], to));
                }

                break;
            case "INDEX" when _indices.Remove($"{path[0]}.{path[1]}", out var index):
                index.Name.Value = to;
                _indices[$"{path[0]}.{to}"] = index;
                break;
            case null or "OBJECT" when _tables.Remove(path[^1], out var table):
                table.SchemaObjectName.BaseIdentifier.Value = to;
                _tables[to] = table;
                break;
            default:
                Problems.Add($"nothing called {words[0]} to rename [15225]");
                break;
        }
    }

    private sealed class Renaming(string from, string to) : TSqlFragmentVisitor
    {
        public override void Visit(Identifier node)
        {
            if (node.Value == from)
            {
                node.Value = to;
            }
        }
    }
}
