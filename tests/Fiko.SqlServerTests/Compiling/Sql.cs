using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Fiko.SqlServerTests.Compiling;

/// <summary>Text to syntax tree and back, as SQL Server 2022 reads it.</summary>
internal static class Sql
{
    public static TSqlScript Parse(string text, out IReadOnlyList<string> problems)
    {
        using var reader = new StringReader(text);
        var script = new TSql160Parser(initialQuotedIdentifiers: true, SqlEngineType.Standalone).Parse(reader, out var errors) as TSqlScript;
        problems = [.. errors.Select(e => $"line {e.Line}: {e.Message} [{e.Number}]")];
        return script ?? new TSqlScript();
    }

    public static IEnumerable<TSqlStatement> Statements(string text, out IReadOnlyList<string> problems) =>
        Parse(text, out problems).Batches.SelectMany(b => b.Statements);

    public static string Write(TSqlFragment fragment)
    {
        new Sql160ScriptGenerator(new SqlScriptGeneratorOptions { IncludeSemicolons = true }).GenerateScript(fragment, out var text);
        return text;
    }

    public static string NameOf(SchemaObjectName name) => name.BaseIdentifier.Value;

    public static string LastOf(MultiPartIdentifier name) => name.Identifiers[^1].Value;

    public static string NameOf(ColumnWithSortOrder column) => LastOf(column.Column.MultiPartIdentifier);
}
