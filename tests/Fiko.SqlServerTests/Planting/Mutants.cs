using Fiko.SqlServerTests.Compiling;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Fiko.SqlServerTests.Planting;

/// <summary>A command with one mistake in it.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Body">The command.</param>
/// <param name="Dropped">The table and the column that is not written any more, where that is the mistake.</param>
internal sealed record Mutant(string Kind, Body Body, (string Table, string Column) Dropped = default);

/// <summary>Every mistake of a few kinds that can be made in a command: a name misspelt, or a column not written.</summary>
internal static class Mutants
{
    public static IEnumerable<Mutant> Of(Body command)
    {
        var names = new Names();
        Sql.Parse(command.Sql, out _).Accept(names);
        foreach (var (kind, name) in names.All)
        {
            // Inside the brackets, where there are any.
            var end = name.StartOffset + name.FragmentLength - (command.Sql[name.StartOffset + name.FragmentLength - 1] == ']' ? 1 : 0);
            yield return new(kind, command with { Sql = command.Sql.Insert(end, "_misspelt") });
        }

        for (var column = 0; ; column++)
        {
            var script = Sql.Parse(command.Sql, out _);
            var dropping = new Dropping(column);
            script.Accept(dropping);
            if (dropping.Dropped is not { } dropped)
            {
                yield break;
            }

            yield return new("a column that is not written", command with { Sql = Sql.Write(script) }, dropped);
        }
    }

    private sealed class Names : TSqlFragmentVisitor
    {
        public List<(string Kind, TSqlFragment Name)> All { get; } = [];

        public override void Visit(ColumnReferenceExpression node)
        {
            // The name of a unit of time is read as a column, and so is a column that the statement itself names.
            if (node.MultiPartIdentifier?.Identifiers is [var alias, var column] && column.Value != "_Position" && alias.Value != "INSERTED")
            {
                All.Add(("a column", column));
                All.Add(("an alias", alias));
            }
        }

        public override void Visit(NamedTableReference node) => All.Add(("a table", node.SchemaObject.BaseIdentifier));

        public override void Visit(FunctionCall node) => All.Add(("a function", node.FunctionName));

        public override void Visit(VariableReference node)
        {
            if (!node.Name.StartsWith("@@", StringComparison.Ordinal))
            {
                All.Add(("a parameter", node));
            }
        }
    }

    private sealed class Dropping(int column) : TSqlFragmentVisitor
    {
        public (string Table, string Column)? Dropped { get; private set; }

        public override void Visit(InsertSpecification node)
        {
            if (Dropped is null && node.Target is NamedTableReference table && node.InsertSource is ValuesInsertSource { RowValues: var rows } && column < node.Columns.Count)
            {
                Dropped = (Sql.NameOf(table.SchemaObject), Sql.LastOf(node.Columns[column].MultiPartIdentifier));
                node.Columns.RemoveAt(column);
                rows[0].ColumnValues.RemoveAt(column);
            }
        }
    }
}
