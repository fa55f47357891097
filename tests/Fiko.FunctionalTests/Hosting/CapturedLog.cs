using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Fiko.FunctionalTests.Hosting;

/// <summary>Everything that was logged, at every level, as an operator would read it.</summary>
public sealed class CapturedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public IEnumerable<string> Errors => _lines.Where(l => l.StartsWith("Error", StringComparison.Ordinal) || l.StartsWith("Critical", StringComparison.Ordinal));

    /// <summary>None of them is in any line. A log that was not asked to hold everything proves nothing, and fails.</summary>
    public void AssertNever(params string[] secrets)
    {
        foreach (var talkative in (string[])["Debug Microsoft.AspNetCore.", "Debug Microsoft.EntityFrameworkCore.", "Trace "])
        {
            Assert.True(_lines.Any(l => l.StartsWith(talkative, StringComparison.Ordinal)), $"No line of '{talkative}': the server does not log everything");
        }

        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(_lines, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(_lines, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<string> lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            lines.Enqueue($"Scope {category}: {state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel} {category}[{eventId.Id}]: {formatter(state, exception)} {exception}");
    }
}
