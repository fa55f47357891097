using Fiko.Application;
using Fiko.Application.Reports;
using Fiko.Application.Search;
using Fiko.Application.Shared;
using Fiko.Infrastructure.Persistence.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.Infrastructure.Persistence;

/// <summary>The database, by its provider. Nothing outside this folder knows which.</summary>
public static class PersistenceServices
{
    // A list of ids goes as one parameter: a parameter for each makes a new statement of every length, built anew each time.
    private const ParameterTranslationMode Lists = ParameterTranslationMode.Parameter;

    // One statement for a message with its parts, revisions and files: each of them is a handful, and a way there costs more.
    private const QuerySplittingBehavior Joins = QuerySplittingBehavior.SingleQuery;

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
        services.AddScoped<ISearchIndex>(all => all.GetRequiredService<FikoDbContext>().SearchIndex);
        services.AddScoped<IReportFacts, ReportFacts>();
        services.AddScoped<Schema>();
        return services;
    }

    private static void AddSqlite(this IServiceCollection services, string connectionString)
    {
        services.AddDbContext<SqliteFikoDbContext>(options => options.UseSqlite(connectionString, sqlite => sqlite
            .UseParameterizedCollectionMode(Lists).UseQuerySplittingBehavior(Joins)));
        services.AddScoped<FikoDbContext>(all => all.GetRequiredService<SqliteFikoDbContext>());
        services.AddSingleton(_ => new SqliteWriteLane(connectionString));
        services.AddScoped<IUnitOfWork, SqliteUnitOfWork>();
    }

    private static void AddSqlServer(this IServiceCollection services, string connectionString)
    {
        services.AddDbContext<SqlServerFikoDbContext>(options => options.UseSqlServer(connectionString, sql => sql
            .UseCompatibilityLevel(160).UseParameterizedCollectionMode(Lists).UseQuerySplittingBehavior(Joins)
            .ExecutionStrategy(dependencies => new SqlServerRetries(dependencies)))
            .ReplaceService<IMigrationsSqlGenerator, ScriptsByStatement>());
        services.AddScoped<FikoDbContext>(all => all.GetRequiredService<SqlServerFikoDbContext>());
        services.AddScoped<IUnitOfWork, SqlServerUnitOfWork>();
        services.AddSingleton<CommitMarkSweeper>();
        services.AddHostedService(all => all.GetRequiredService<CommitMarkSweeper>());
    }
}
