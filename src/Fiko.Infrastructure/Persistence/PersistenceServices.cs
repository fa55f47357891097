using Fiko.Application;
using Fiko.Application.Shared;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.Infrastructure.Persistence;

/// <summary>The database, by its provider. Nothing outside this folder knows which.</summary>
public static class PersistenceServices
{
    // A list of ids goes as one parameter: a parameter for each makes a new statement of every length, built anew each time.
    private const ParameterTranslationMode Lists = ParameterTranslationMode.Parameter;

    public static IServiceCollection AddPersistence(this IServiceCollection services, IConfiguration configuration, DataFolder folder)
    {
        services.AddValidated<DatabaseOptions>(configuration, DatabaseOptions.Section);
        var address = configuration.GetConnectionString("Fiko") ?? "";
        if (configuration[$"{DatabaseOptions.Section}:Provider"] == DatabaseOptions.SqlServer)
        {
            services.AddSqlServer(address);
        }
        else
        {
            services.AddSqlite(folder.Locate(address));
        }

        services.AddScoped<IFikoDb>(all => all.GetRequiredService<FikoDbContext>());
        services.AddScoped<Schema>();
        return services;
    }

    private static void AddSqlite(this IServiceCollection services, string connectionString)
    {
        services.AddDbContext<SqliteFikoDbContext>(options => options.UseSqlite(connectionString, sqlite => sqlite.UseParameterizedCollectionMode(Lists)));
        services.AddScoped<FikoDbContext>(all => all.GetRequiredService<SqliteFikoDbContext>());
        services.AddSingleton(_ => new SqliteWriteLane(connectionString));
        services.AddScoped<IUnitOfWork, SqliteUnitOfWork>();
    }

    private static void AddSqlServer(this IServiceCollection services, string connectionString)
    {
        services.AddDbContext<SqlServerFikoDbContext>(options => options.UseSqlServer(
            connectionString, sql => sql.UseCompatibilityLevel(160).UseParameterizedCollectionMode(Lists)));
        services.AddScoped<FikoDbContext>(all => all.GetRequiredService<SqlServerFikoDbContext>());
        services.AddScoped<IUnitOfWork, SqlServerUnitOfWork>();
    }
}

/// <summary>Where this server keeps files: beside the SQLite database, or in <c>data</c> of the content root.</summary>
public sealed class DataFolder
{
    private readonly string _root;

    public DataFolder(string contentRoot, string connectionString, string provider)
    {
        _root = contentRoot;
        Path = provider == DatabaseOptions.SqlServer
            ? System.IO.Path.Combine(contentRoot, "data")
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
