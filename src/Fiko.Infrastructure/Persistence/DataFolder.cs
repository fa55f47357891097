using Microsoft.Data.Sqlite;

namespace Fiko.Infrastructure.Persistence;

/// <summary>Where this server keeps files: where it is told to, or beside the SQLite database, or in <c>data</c> of the content root.</summary>
public sealed class DataFolder
{
    private readonly string _root;

    /// <param name="contentRoot">What relative paths begin at.</param>
    /// <param name="connectionString">The database's.</param>
    /// <param name="provider">Which database.</param>
    /// <param name="chosen"><c>Database:DataFolder</c>, where it is set.</param>
    public DataFolder(string contentRoot, string connectionString, string provider, string? chosen = null)
    {
        _root = contentRoot;
        Path = chosen is { Length: > 0 } ? System.IO.Path.GetFullPath(chosen, contentRoot)
            : provider == DatabaseOptions.SqlServer ? System.IO.Path.Combine(contentRoot, "data")
            : System.IO.Path.GetDirectoryName(FileOf(connectionString)) ?? contentRoot;
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    /// <summary>A folder in it that the server's user alone may open: what lies there is not encrypted itself.</summary>
    public DirectoryInfo MakePrivate(string name)
    {
        var folder = Directory.CreateDirectory(System.IO.Path.Combine(Path, name));
        if (!OperatingSystem.IsWindows())
        {
            // Also where it is there already, made by an operator who copied it back.
            folder.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        }

        return folder;
    }

    /// <summary>The SQLite address with its file made absolute, wherever the server was started from.</summary>
    public string Locate(string connectionString) =>
        new SqliteConnectionStringBuilder(connectionString) { DataSource = FileOf(connectionString), ForeignKeys = true }.ToString();

    private string FileOf(string connectionString) =>
        System.IO.Path.GetFullPath(new SqliteConnectionStringBuilder(connectionString).DataSource, _root);
}
