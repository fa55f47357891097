using Fiko.SqlServerTests.Compiling;
using Fiko.SqlServerTests.Rules;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Fiko.SqlServerTests.Replaying;

/// <summary>Changes of tables that are there.</summary>
internal sealed partial class ReplayedSchema
{
    private void AddElements(CreateTableStatement table, AlterTableAddTableElementStatement alter)
    {
        foreach (var column in alter.Definition.ColumnDefinitions)
        {
            if (ColumnOf(table, column.ColumnIdentifier.Value) is not null)
            {
                Problems.Add($"{Sql.NameOf(table.SchemaObjectName)}.{column.ColumnIdentifier.Value} is there already [2705]");
            }

            var mustHaveOne = column.Constraints.OfType<NullableConstraintDefinition>().Any(c => !c.Nullable)
                && column is { ComputedColumnExpression: null, DefaultConstraint: null, IdentityOptions: null } && TableShape.TypeOf(column.DataType) != "rowversion";
            if (mustHaveOne)
            {
                Problems.Add($"{Sql.NameOf(table.SchemaObjectName)}.{column.ColumnIdentifier.Value}: rows that are there would have no value [4901]");
            }

            table.Definition.ColumnDefinitions.Add(column);
        }

        foreach (var constraint in alter.Definition.TableConstraints)
        {
            table.Definition.TableConstraints.Add(constraint);
        }
    }

    private void AlterColumn(CreateTableStatement table, AlterTableAlterColumnStatement alter)
    {
        var name = alter.ColumnIdentifier.Value;
        if (ColumnOf(table, name) is not { } column)
        {
            Problems.Add($"no column {Sql.NameOf(table.SchemaObjectName)}.{name} to alter [4924]");
            return;
        }

        if (TableShape.TypeOf(column.DataType) != TableShape.TypeOf(alter.DataType))
        {
            RefuseWhileIndexed(table, name);
        }

        column.DataType = alter.DataType;
        column.Collation = alter.Collation;
        foreach (var constraint in column.Constraints.OfType<NullableConstraintDefinition>().ToArray())
        {
            column.Constraints.Remove(constraint);
        }

        column.Constraints.Add(new NullableConstraintDefinition { Nullable = alter.AlterTableAlterColumnOption != AlterTableAlterColumnOption.NotNull });
    }

    private void DropElement(CreateTableStatement table, AlterTableDropTableElement element)
    {
        var (owner, name) = (Sql.NameOf(table.SchemaObjectName), element.Name.Value);
        if (element.TableElementType is not TableElementType.Column)
        {
            var constraint = table.Definition.TableConstraints.FirstOrDefault(c => c.ConstraintIdentifier?.Value == name);
            if (constraint is null || !table.Definition.TableConstraints.Remove(constraint))
            {
                Problems.Add($"no constraint {name} of {owner} to drop [3728]");
            }

            return;
        }

        if (ColumnOf(table, name) is not { } column)
        {
            Problems.Add($"no column {owner}.{name} to drop [4924]");
            return;
        }

        RefuseWhileIndexed(table, name);
        if (column.DefaultConstraint is not null)
        {
            Problems.Add($"{owner}.{name} is dropped while it has a default [5074]");
        }

        foreach (var key in table.Definition.TableConstraints.OfType<ForeignKeyConstraintDefinition>().Where(f => f.Columns.Any(c => c.Value == name)))
        {
            Problems.Add($"{owner}.{name} is dropped while {key.ConstraintIdentifier.Value} uses it [5074]");
        }

        table.Definition.ColumnDefinitions.Remove(column);
    }

    private void RefuseWhileIndexed(CreateTableStatement table, string column)
    {
        foreach (var index in _indices.Values.Where(i => Sql.NameOf(i.OnName) == Sql.NameOf(table.SchemaObjectName)))
        {
            if (index.Columns.Any(c => Sql.NameOf(c) == column) || index.IncludeColumns.Any(c => Sql.LastOf(c.MultiPartIdentifier) == column) || Mentions(index.FilterPredicate, column))
            {
                Problems.Add($"{Sql.NameOf(table.SchemaObjectName)}.{column} is changed while {index.Name.Value} uses it [5074]");
            }
        }
    }

    // EF Core looks for the default's name first, and then drops what it found.
    private void TakeDefaultInHand(SelectStatement lookup)
    {
        var texts = new Texts();
        lookup.Accept(texts);
        _defaultInHand = texts.All is [var table, var column] ? (table.Trim('[', ']'), column) : null;
        if (_defaultInHand is null)
        {
            Problems.Add($"line {lookup.StartLine}: cannot be applied: {Sql.Write(lookup)}");
        }
    }

    private void DropDefaultInHand()
    {
        if (_defaultInHand is var (table, name) && _tables.TryGetValue(table, out var found) && ColumnOf(found, name) is { } column)
        {
            column.DefaultConstraint = null;
        }
        else
        {
            Problems.Add($"no column {_defaultInHand} whose default could be dropped");
        }
    }

    private static ColumnDefinition? ColumnOf(CreateTableStatement table, string name) =>
        table.Definition.ColumnDefinitions.FirstOrDefault(c => c.ColumnIdentifier.Value.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static bool Mentions(TSqlFragment? fragment, string name)
    {
        var names = new NamesUsed();
        fragment?.Accept(names);
        return names.All.Contains(name, StringComparer.OrdinalIgnoreCase);
    }

    private sealed class Texts : TSqlFragmentVisitor
    {
        public List<string> All { get; } = [];

        public override void Visit(StringLiteral node) => All.Add(node.Value);
    }

    private sealed class NamesUsed : TSqlFragmentVisitor
    {
        public List<string> All { get; } = [];

        public override void Visit(Identifier node) => All.Add(node.Value);
    }
}
