namespace Fiko.Tests;

/// <summary>
/// The SQL Server that the suites run on instead of SQLite: FIKO_TEST_SQLSERVER is a connection string whose login may create databases, or
/// the word "container" for one in a container of the suite's own.
/// </summary>
internal static partial class NamedSqlServer
{
    public const string Variable = "FIKO_TEST_SQLSERVER";
    public const string Container = "container";

    private static string? Named => Environment.GetEnvironmentVariable(Variable);

    public static bool IsNamed => Named is { Length: > 0 };
}
