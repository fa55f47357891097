using System.Text.RegularExpressions;

namespace Fiko.SqlServerTwin.Fake;

/// <summary>What one statement of a batch returns.</summary>
/// <param name="Rows">How many rows there are to read.</param>
/// <param name="Values">Of each row; null where the database makes them up.</param>
/// <param name="IsPositional">Whether the last column says which of the saved rows this one is.</param>
internal sealed partial record FakeResult(int Rows, object?[]? Values = null, bool IsPositional = false)
{
    public static readonly FakeResult Nothing = new(0);

    /// <summary>A query finds nothing. Of a save EF Core reads exactly the rows that it wrote, so there may be as many as it likes.</summary>
    public static IReadOnlyList<FakeResult> Of(string batch) => !batch.StartsWith("SET ", StringComparison.Ordinal) ? [Nothing] :
        [.. Statements().Split(batch).Where(Returns).Select(s => new FakeResult(int.MaxValue, IsPositional: s.Contains("_Position", StringComparison.Ordinal)))];

    /// <summary>What the first SELECT calls its columns: raw SQL is read by their names.</summary>
    public static string[] NamesOf(string sql) =>
        [.. SelectList().Match(sql).Groups[1].Value.Split(',').Select(column => LastWord().Match(column).Value)];

    private static bool Returns(string statement) =>
        statement.TrimStart().StartsWith("SELECT", StringComparison.Ordinal)
        || (statement.Contains("\nOUTPUT ", StringComparison.Ordinal) && !OutputInto().IsMatch(statement));

    [GeneratedRegex(@";\s*(?:\n|$)")]
    private static partial Regex Statements();

    [GeneratedRegex(@"SELECT\s(.*?)\sFROM\s", RegexOptions.Singleline)]
    private static partial Regex SelectList();

    [GeneratedRegex(@"\w+(?=\W*$)")]
    private static partial Regex LastWord();

    [GeneratedRegex(@"\nOUTPUT [^\n]*\nINTO @")]
    private static partial Regex OutputInto();
}
