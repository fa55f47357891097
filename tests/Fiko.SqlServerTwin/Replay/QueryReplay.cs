using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using Fiko.Application.Search;
using Fiko.SqlServerTwin.Capture;
using Fiko.SqlServerTwin.Fake;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;

namespace Fiko.SqlServerTwin.Replay;

/// <summary>Asks the twin what SQLite was asked.</summary>
internal static class QueryReplay
{
    private static readonly MethodInfo Enumerate = typeof(QueryReplay).GetMethod(nameof(EnumerateAsync), BindingFlags.Static | BindingFlags.NonPublic)!;

    public static void Run(AskedQuery asked, CommandLog log)
    {
        var roots = Roots.Of(asked.Query);
        if (!roots.HasEntities)
        {
            // Raw SQL is written for one provider; what is written for SQL Server is run by itself.
            log.CountRaw();
            return;
        }

        Run(asked, log, withFullText: false);
        if (roots.HasRawSql)
        {
            Run(asked, log, withFullText: true);
        }
    }

    private static void Run(AskedQuery asked, CommandLog log, bool withFullText)
    {
        var heard = 0;
        using var connection = ServerWords.Connection(withFullText, command =>
        {
            heard++;
            log.Add(command);
        });
        try
        {
            using var twin = TwinDatabase.Open(connection);
            var provider = twin.Db.GetService<IAsyncQueryProvider>();
            var query = new Reroot(twin.Db, provider, () => twin.Search.FindCustomers(1, SearchQuery.Read("mina \"good day\" +9812"))).Visit(asked.Query);
            var before = heard;
            try
            {
                Drain(asked.Run(provider, query));
            }
            catch (InvalidOperationException) when (heard > before)
            {
                // The twin is empty: where one row was expected there is none, after the command was sent.
            }

            if (heard == before)
            {
                log.Fail($"SQLite sent a command for this query, and SQL Server none: {Print(asked.Query)}");
            }
        }
        catch (Exception failed)
        {
            log.Fail($"{failed.GetType().Name}: {failed.Message}\n  in {Print(asked.Query)}");
        }
    }

    private static string Print(Expression query) => new ExpressionPrinter().PrintExpression(query);

    private static void Drain(object? result)
    {
        switch (result)
        {
            case Task task:
                task.GetAwaiter().GetResult();
                break;
            case string or null:
                break;
            case IEnumerable rows:
                foreach (var _ in rows)
                {
                }

                break;
            default:
                var stream = Array.Find(result.GetType().GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>));
                if (stream is not null)
                {
                    ((Task)Enumerate.MakeGenericMethod(stream.GenericTypeArguments).Invoke(null, [result])!).GetAwaiter().GetResult();
                }

                break;
        }
    }

    private static async Task EnumerateAsync<T>(IAsyncEnumerable<T> rows)
    {
        await foreach (var _ in rows)
        {
        }
    }
}
