using System.ComponentModel.DataAnnotations;

namespace Fiko.Infrastructure.Persistence;

/// <summary>Which database (section <c>Database</c>; its address is <c>ConnectionStrings:Fiko</c>).</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";

    public const string Sqlite = "Sqlite";

    public const string SqlServer = "SqlServer";

    [AllowedValues(Sqlite, SqlServer, ErrorMessage = "Database:Provider must be Sqlite or SqlServer")]
    public string Provider { get; set; } = Sqlite;

    /// <summary>Where files and keys are kept; null for beside the SQLite database, or in <c>data</c> of the content root.</summary>
    public string? DataFolder { get; set; }

    /// <summary>Whether starting brings the schema up to date; where not, <c>migrate</c> on the command line does.</summary>
    public bool MigrateOnStart { get; set; }
}
