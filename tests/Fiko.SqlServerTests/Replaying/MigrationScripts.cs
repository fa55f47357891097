using Fiko.SqlServerTwin.Fake;
using Fiko.SqlServerTwin.Replay;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Fiko.SqlServerTests.Replaying;

/// <summary>What EF Core makes of the migrations for SQL Server.</summary>
public sealed class MigrationScripts : IDisposable
{
    private readonly Lazy<string> _schema;
    private readonly FakeConnection _connection = new(_ => { });
    private readonly Twin _twin;

    public MigrationScripts()
    {
        _twin = TwinDatabase.Open(_connection);
        Names = [.. _twin.Db.Database.GetMigrations()];
        Plain = Migrator.GenerateScript();
        Idempotent = Migrator.GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);
        _schema = new(() => new ReplayedSchema().Apply(Plain).Script());
    }

    public IReadOnlyList<string> Names { get; }

    public string Plain { get; }

    /// <summary>The one that asks before each step whether it is done.</summary>
    public string Idempotent { get; }

    /// <summary>What the model alone would create.</summary>
    public string Model => _twin.Db.Database.GenerateCreateScript();

    /// <summary>What creates at once all that the migrations come to.</summary>
    public string Schema => _schema.Value;

    private IMigrator Migrator => _twin.Db.GetService<IMigrator>();

    public string Of(int migration) => Migrator.GenerateScript(migration == 0 ? Migration.InitialDatabase : Names[migration - 1], Names[migration]);

    public void Dispose()
    {
        _twin.Dispose();
        _connection.Dispose();
    }
}
