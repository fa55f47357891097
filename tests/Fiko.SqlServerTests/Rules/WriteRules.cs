using Fiko.SqlServerTests.Compiling;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Fiko.SqlServerTests.Rules;

/// <summary>Rows that are written: whether every column gets what it needs, and none what it makes itself.</summary>
internal sealed class WriteRules(Tables tables, ColumnTypes types, Action<string> report) : TSqlFragmentVisitor
{
    public override void Visit(InsertSpecification node)
    {
        if (TargetOf(node) is not { } table)
        {
            return;
        }

        var columns = NamesOf(node.Columns);
        CheckColumns(table, columns);
        if (node.InsertSource is ValuesInsertSource values)
        {
            foreach (var row in values.RowValues)
            {
                CheckRow(table, columns, row);
            }
        }
        else if (node.InsertSource is SelectInsertSource { Select: QuerySpecification { SelectElements: var selected } }
            && !selected.Any(e => e is SelectStarExpression) && selected.Count != columns.Count)
        {
            report($"INSERT {table.Name}: {columns.Count} columns, {selected.Count} values [120]");
        }
    }

    public override void Visit(MergeSpecification node)
    {
        if (TargetOf(node) is not { } table)
        {
            return;
        }

        foreach (var insert in node.ActionClauses.Select(c => c.Action).OfType<InsertMergeAction>())
        {
            CheckColumns(table, NamesOf(insert.Columns));
            if (insert.Columns.Count != insert.Source.RowValues[0].ColumnValues.Count)
            {
                report($"MERGE {table.Name}: {insert.Columns.Count} columns, {insert.Source.RowValues[0].ColumnValues.Count} values [110]");
            }
        }
    }

    public override void Visit(InlineDerivedTable node)
    {
        foreach (var row in node.RowValues.Where(r => r.ColumnValues.Count != node.Columns.Count))
        {
            report($"{node.Alias.Value}: {node.Columns.Count} columns, {row.ColumnValues.Count} values [10709]");
        }
    }

    public override void Visit(AssignmentSetClause node)
    {
        if (node.Column is { } column && types.ColumnOf(column) is { WrittenByItself: { } how } written)
        {
            report($"UPDATE of {written.Name}, which is {how} [271]");
        }
    }

    private TableShape? TargetOf(DataModificationSpecification node) =>
        node.Target is NamedTableReference { SchemaObject: var name } ? tables.GetValueOrDefault(Sql.NameOf(name)) : null;

    private static List<string> NamesOf(IEnumerable<ColumnReferenceExpression> columns) => [.. columns.Select(c => Sql.LastOf(c.MultiPartIdentifier))];

    private void CheckColumns(TableShape table, List<string> written)
    {
        foreach (var column in table.Columns.Values)
        {
            var isWritten = written.Contains(column.Name, StringComparer.OrdinalIgnoreCase);
            if (isWritten && column.WrittenByItself is { } how)
            {
                report($"INSERT {table.Name} writes {column.Name}, which is {how} [544]");
            }

            if (!isWritten && column is { IsNullable: false, HasDefault: false, WrittenByItself: null })
            {
                report($"INSERT {table.Name} leaves out {column.Name}, which can't be null [515]");
            }
        }
    }

    private void CheckRow(TableShape table, List<string> columns, RowValue row)
    {
        if (row.ColumnValues.Count != columns.Count)
        {
            report($"INSERT {table.Name}: {columns.Count} columns, {row.ColumnValues.Count} values [110]");
            return;
        }

        for (var i = 0; i < columns.Count; i++)
        {
            var type = types.TypeOf(row.ColumnValues[i]);
            if (table.Columns.TryGetValue(columns[i], out var column) && TypeRules.Clash(column.Type, type))
            {
                report($"INSERT {table.Name}.{column.Name}: {type} into {column.Type} [206]");
            }
        }
    }
}
