namespace Fiko.Application.Shared;

/// <summary>Somebody else was faster: a unique constraint or a concurrency token refused the write. The command is run again.</summary>
public sealed class WriteConflictException(string message, Exception inner) : Exception(message, inner);
