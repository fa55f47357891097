using System.Collections.Concurrent;
using Fiko.SqlServerTwin.Fake;

namespace Fiko.SqlServerTwin.Capture;

/// <summary>A command as SQL Server would get it.</summary>
/// <param name="Sql">Its text.</param>
/// <param name="Declarations">Its parameters, as a procedure would declare them.</param>
public sealed record SentCommand(string Sql, string Declarations);

/// <summary>What a process would have sent to SQL Server, each thing once.</summary>
public sealed class CommandLog
{
    private readonly ConcurrentDictionary<string, bool> _queries = new();
    private readonly ConcurrentDictionary<string, bool> _saves = new();
    private readonly ConcurrentDictionary<SentCommand, bool> _commands = new();
    private readonly ConcurrentDictionary<string, bool> _senders = new();
    private readonly ConcurrentDictionary<string, bool> _failures = new();
    private int _raw;

    public IReadOnlyCollection<SentCommand> Commands => [.. _commands.Keys];

    /// <summary>Requests whose handlers sent something, and types that made a context which did.</summary>
    public IReadOnlyCollection<string> Senders => [.. _senders.Keys];

    /// <summary>What the provider for SQL Server could not translate or save.</summary>
    public IReadOnlyCollection<string> Failures => [.. _failures.Keys];

    /// <summary>Queries of raw SQL alone, which are not replayed.</summary>
    public int Raw => _raw;

    public void Add(FakeCommand command) => _commands.TryAdd(new SentCommand(command.CommandText, command.Declarations), true);

    internal void AddSender(string name) => _senders.TryAdd(name, true);

    internal void Fail(string problem) => _failures.TryAdd(problem, true);

    internal void CountRaw() => Interlocked.Increment(ref _raw);

    internal bool IsNewQuery(string text) => !_queries.ContainsKey(text) && _queries.TryAdd(text, true);

    internal bool IsNewSave(string shape) => !_saves.ContainsKey(shape) && _saves.TryAdd(shape, true);
}
