using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Fiko.FunctionalTests.Storm;

/// <summary>Keeps the named fields of each line and each scope, which a plain line may leave out.</summary>
internal sealed class FieldLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Logger(_lines, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<string> lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Keep(state);
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Keep(state);

        private void Keep(object? state)
        {
            if (state is IEnumerable<KeyValuePair<string, object?>> fields)
            {
                lines.Enqueue($"{category} {string.Join(' ', fields.Select(f => $"{f.Key}={f.Value}"))}");
            }
        }
    }
}
