namespace Fiko.Infrastructure.Persistence;

/// <summary>
/// A row that a unit of work writes in its own transaction, on SQL Server: it is there exactly if that was committed. By time first, so that
/// new ones stand at the end of the table and old ones are a range of it.
/// </summary>
internal sealed record CommitMark(DateTimeOffset At, Guid Id);
