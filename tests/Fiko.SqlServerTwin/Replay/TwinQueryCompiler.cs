using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.Internal;
using Microsoft.EntityFrameworkCore.Storage;

namespace Fiko.SqlServerTwin.Replay;

/// <summary>Sees every query before its parameters are taken out of it, and keeps the last one until its command is about to be sent.</summary>
public sealed class TwinQueryCompiler(
    IQueryContextFactory contexts,
    ICompiledQueryCache cache,
    ICompiledQueryCacheKeyGenerator keys,
    IDatabase database,
    IDiagnosticsLogger<DbLoggerCategory.Query> log,
    ICurrentDbContext current,
    IEvaluatableExpressionFilter filter,
    IModel model) : QueryCompiler(contexts, cache, keys, database, log, current, filter, model)
{
    internal AskedQuery? Last { get; private set; }

    public override TResult Execute<TResult>(Expression query)
    {
        Last = new AskedQuery(query, (provider, twin) => provider.Execute<TResult>(twin));
        return base.Execute<TResult>(query);
    }

    public override TResult ExecuteAsync<TResult>(Expression query, CancellationToken cancellationToken = default)
    {
        Last = new AskedQuery(query, (provider, twin) => provider.ExecuteAsync<TResult>(twin, CancellationToken.None));
        return base.ExecuteAsync<TResult>(query, cancellationToken);
    }
}

/// <summary>A query, and how it is run.</summary>
internal sealed record AskedQuery(Expression Query, Func<IAsyncQueryProvider, Expression, object?> Run);
