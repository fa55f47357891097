using Fiko.SqlServerTests.Compiling;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Fiko.SqlServerTests.Rules;

/// <summary>Keys of tables and indices: what can be one, and how long one gets.</summary>
internal static class KeyRules
{
    private const int LongestClustered = 900;
    private const int LongestOther = 1700;

    public static IEnumerable<string> Check(TableShape table)
    {
        var keys = table.Constraints.OfType<UniqueConstraintDefinition>().Where(u => u.Columns.Count > 0)
            .Select(u => (Name: u.ConstraintIdentifier?.Value ?? "key", u.Columns, Longest: u.IsPrimaryKey && u.Clustered != false ? LongestClustered : LongestOther))
            .Concat(table.Statement.Definition.Indexes.Select(i => (Name: i.Name.Value, i.Columns, Longest: LongestOther)));
        var setNull = table.ForeignKeys.Where(f => f.DeleteAction is DeleteUpdateAction.SetNull)
            .SelectMany(f => f.Columns).Where(c => table.Columns.TryGetValue(c.Value, out var column) && !column.IsNullable)
            .Select(c => $"{table.Name}: a deletion sets {c.Value} to null, which it can't be [1761]");
        return keys.SelectMany(k => Check(table, k.Name, k.Columns.Select(Sql.NameOf), k.Longest)).Concat(setNull);
    }

    public static IEnumerable<string> Check(CreateIndexStatement index, Tables tables)
    {
        if (!tables.TryGetValue(Sql.NameOf(index.OnName), out var table))
        {
            return [$"{index.Name.Value}: no table {Sql.NameOf(index.OnName)}"];
        }

        var filter = new Names();
        index.FilterPredicate?.Accept(filter);
        return Check(table, index.Name.Value, index.Columns.Select(Sql.NameOf), index.Clustered == true ? LongestClustered : LongestOther)
            .Concat(filter.Columns.Where(c => table.Columns.TryGetValue(c.Value, out var column) && column.IsComputed)
                .Select(c => $"{table.Name}.{index.Name.Value}: filters by {c.Value}, which is computed [10609]"))
            .Concat(filter.Columns.Where(c => c.QuoteType is QuoteType.DoubleQuote).Select(c => $"{table.Name}.{index.Name.Value}: \"{c.Value}\" is SQLite's spelling"));
    }

    private static IEnumerable<string> Check(TableShape table, string key, IEnumerable<string> names, int longest)
    {
        var columns = names.Where(table.Columns.ContainsKey).Select(n => table.Columns[n]).ToList();
        foreach (var column in columns.Where(c => c.IsLarge))
        {
            yield return $"{table.Name}.{key}: {column.Name} is too large to be part of a key [1919]";
        }

        var bytes = columns.Where(c => !c.IsLarge && !(c.IsComputed && c.Type.Length == 0)).Sum(c => c.Bytes);
        if (bytes > longest)
        {
            yield return $"{table.Name}.{key}: {bytes} bytes, of {longest}; a longer row will be refused [1946]";
        }
    }

    private sealed class Names : TSqlFragmentVisitor
    {
        public List<Identifier> Columns { get; } = [];

        public override void Visit(ColumnReferenceExpression node)
        {
            if (node.MultiPartIdentifier is { } name)
            {
                Columns.Add(name.Identifiers[^1]);
            }
        }
    }
}
