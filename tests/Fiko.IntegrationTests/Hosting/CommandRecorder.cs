using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Fiko.IntegrationTests.Hosting;

/// <summary>Every statement that EF Core sends, as it is sent.</summary>
public sealed class CommandRecorder : DbCommandInterceptor
{
    private readonly ConcurrentQueue<RecordedCommand> _commands = new();
    private (int Statements, TaskCompletionSource Reached) _awaited = (int.MaxValue, new());

    public IReadOnlyList<RecordedCommand> Commands => [.. _commands];

    public void Clear() => _commands.Clear();

    /// <summary>Done when so many statements were sent.</summary>
    public Task ReachedAsync(int statements)
    {
        _awaited = (statements, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        return _awaited.Reached.Task;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken ct = default)
    {
        Record(command);
        return base.ReaderExecutingAsync(command, eventData, result, ct);
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken ct = default)
    {
        Record(command);
        return base.ScalarExecutingAsync(command, eventData, result, ct);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken ct = default)
    {
        Record(command);
        return base.NonQueryExecutingAsync(command, eventData, result, ct);
    }

    private void Record(DbCommand command)
    {
        _commands.Enqueue(new RecordedCommand(command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(p => (p.ParameterName, p.Value))]));
        if (_commands.Count >= _awaited.Statements)
        {
            _awaited.Reached.TrySetResult();
        }
    }
}

public sealed record RecordedCommand(string Sql, IReadOnlyList<(string Name, object? Value)> Parameters);
