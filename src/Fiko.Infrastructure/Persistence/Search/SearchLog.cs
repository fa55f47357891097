using Microsoft.Extensions.Logging;

namespace Fiko.Infrastructure.Persistence.Search;

/// <summary>Everything that searching can say in a log. Never a word that anybody looked for.</summary>
internal static partial class SearchLog
{
    [LoggerMessage(850, LogLevel.Error, "Indexing what was there already failed and will go on")]
    public static partial void BackfillFailed(this ILogger log, Exception failed);
}
