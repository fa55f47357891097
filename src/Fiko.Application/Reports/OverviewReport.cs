namespace Fiko.Application.Reports;

/// <summary>What a workspace did in a time (rest.md, Reports).</summary>
/// <param name="From">The first moment.</param>
/// <param name="To">The last moment.</param>
/// <param name="Timezone">Where a day begins.</param>
/// <param name="OpenNow">Conversations that are not closed now.</param>
/// <param name="ByDay">Every day of the time, also one on which nothing happened.</param>
/// <param name="ByAgent">Who did anything; a null <c>user_id</c> is what nobody here did, as in the platform's own app.</param>
/// <param name="BySource">Where anything happened.</param>
public sealed record OverviewReport(
    DateTimeOffset From,
    DateTimeOffset To,
    string Timezone,
    int OpenNow,
    ReportFigures Total,
    IReadOnlyList<DayFigures> ByDay,
    IReadOnlyList<AgentFigures> ByAgent,
    IReadOnlyList<SourceFigures> BySource);

public sealed record DayFigures(DateOnly Date, ReportFigures Figures);

public sealed record SourceFigures(string Source, ReportFigures Figures);

/// <summary>What one agent did: nobody begins a conversation or receives a message alone.</summary>
public sealed record AgentFigures(long? UserId, string? Username, long ConversationsClosed, long MessagesOut, ReportTimes FirstResponse, ReportTimes Resolution);

public sealed record ReportFigures(long ConversationsNew, long ConversationsClosed, long MessagesIn, long MessagesOut, ReportTimes FirstResponse, ReportTimes Resolution);

/// <summary>How long it took, in seconds.</summary>
/// <param name="Count">How many there are; without any, there are no times.</param>
public sealed record ReportTimes(long Count, double? MedianSeconds, double? P90Seconds)
{
    public static readonly ReportTimes None = new(0, null, null);
}
