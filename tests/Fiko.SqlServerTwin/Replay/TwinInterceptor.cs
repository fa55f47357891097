using System.Data.Common;
using Fiko.SqlServerTwin.Capture;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query.Internal;

namespace Fiko.SqlServerTwin.Replay;

/// <summary>
/// Sits on the contexts of one scope. Only what this process has not sent before is replayed: a query by its text, which also tells
/// apart what depends on the values, and a save by its shape.
/// </summary>
internal sealed class TwinInterceptor(Sender sender, CommandLog log) : IDbCommandInterceptor, ISaveChangesInterceptor
{
    public InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Replay(command, eventData);
        return result;
    }

    public ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Replay(command, eventData);
        return ValueTask.FromResult(result);
    }

    public InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Replay(command, eventData);
        return result;
    }

    public ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Replay(command, eventData);
        return ValueTask.FromResult(result);
    }

    public InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Replay(eventData.Context!);
        return result;
    }

    public ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Replay(eventData.Context!);
        return ValueTask.FromResult(result);
    }

    private void Replay(DbCommand command, CommandEventData told)
    {
        sender.HasSent(log);
        var isQuery = told.CommandSource is CommandSource.LinqQuery or CommandSource.ExecuteUpdate or CommandSource.ExecuteDelete or CommandSource.FromSqlQuery;
        if (isQuery && log.IsNewQuery(command.CommandText)
            && (told.Context as IInfrastructure<IServiceProvider>)?.GetService<IQueryCompiler>() is TwinQueryCompiler { Last: { } asked })
        {
            QueryReplay.Run(asked, log);
        }
    }

    private void Replay(DbContext db)
    {
        var changed = db.ChangeTracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).ToList();
        if (changed.Count == 0)
        {
            return;
        }

        sender.HasSent(log);
        if (log.IsNewSave(SaveReplay.ShapeOf(changed)))
        {
            SaveReplay.Run(changed, log);
        }
    }
}
