using Fiko.Application.Reports;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Fiko.Domain.Customers;
using Fiko.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Fiko.IntegrationTests.Reports;

/// <summary>A small story whose numbers were worked out by hand.</summary>
public abstract class CountingWhatHappened(IDatabases databases) : PersistenceContract(databases)
{
    private static readonly ReportTimes None = new(0, null, null);

    [Fact]
    public async Task The_whole_time()
    {
        await TellAsync(Workspace);

        var report = await ReportAsync(Workspace, "2026-03-01", "2026-03-02");

        Assert.Equal(new ReportFigures(3, 2, 5, 4, new(3, 100, 600), new(2, 600, 3600)), report.Total);
        Assert.Equal((2, "UTC"), (report.OpenNow, report.Timezone));
        Assert.Equal((At("2026-03-01T00:00:00Z"), At("2026-03-02T23:59:59.999Z")), (report.From, report.To));
    }

    [Fact]
    public async Task By_day()
    {
        await TellAsync(Workspace);

        var report = await ReportAsync(Workspace, "2026-02-28", "2026-03-02");

        Assert.Equal(
            [
                new(new(2026, 2, 28), new(0, 0, 0, 0, None, None)),
                new(new(2026, 3, 1), new(2, 1, 3, 2, new(2, 100, 600), new(1, 3600, 3600))),
                new(new(2026, 3, 2), new(1, 1, 2, 2, new(1, 20, 20), new(1, 600, 600))),
            ],
            report.ByDay);
    }

    [Fact]
    public async Task By_day_where_the_clock_is_ahead()
    {
        await TellAsync(Workspace);

        var report = await ReportAsync(Workspace, "2026-03-01", "2026-03-02", "Asia/Tehran");

        Assert.Equal(
            [
                new(new(2026, 3, 1), new(2, 1, 3, 1, new(1, 100, 100), new(1, 3600, 3600))),
                new(new(2026, 3, 2), new(1, 1, 2, 3, new(2, 20, 600), new(1, 600, 600))),
            ],
            report.ByDay);
    }

    [Fact]
    public async Task By_agent_and_by_source()
    {
        await TellAsync(Workspace);

        var report = await ReportAsync(Workspace, "2026-03-01", "2026-03-02");

        Assert.Equal(
            [
                new(Workspace.AgentId, "Sara Ahmadi", 2, 3, new(2, 20, 100), new(2, 600, 3600)),
                new(null, null, 0, 1, new(1, 600, 600), None),
            ],
            report.ByAgent);
        Assert.Equal(
            [
                new("api", new(1, 2, 2, 1, new(1, 100, 100), new(2, 600, 3600))),
                new("telegram", new(2, 0, 3, 3, new(2, 20, 600), None)),
            ],
            report.BySource);
    }

    [Fact]
    public async Task Only_what_happened_in_the_time()
    {
        await TellAsync(Workspace);

        var report = await ReportAsync(Workspace, "2026-03-01T10:00:00Z", "2026-03-01T10:01:39.999Z");

        Assert.Equal(new ReportFigures(1, 0, 1, 0, None, None), report.Total);
    }

    [Fact]
    public async Task Nothing_of_another_workspace()
    {
        var other = await SeededWorkspace.CreateAsync(Store);
        await TellAsync(other);

        var report = await ReportAsync(Workspace, "2026-03-01", "2026-03-02");

        Assert.Equal((new ReportFigures(0, 0, 0, 0, None, None), 0), (report.Total, report.OpenNow));
        Assert.Empty(report.ByAgent);
        Assert.Empty(report.BySource);
    }

    [Theory]
    [InlineData("Europe/Berlin", 2026, 3, 29, 23)]
    [InlineData("Europe/Berlin", 2026, 10, 25, 25)]
    [InlineData("Asia/Tehran", 2021, 9, 21, 25)]
    [InlineData("Asia/Tehran", 2021, 3, 22, 23)]
    public async Task A_day_on_which_the_clock_changes_is_one_day(string zone, int year, int month, int day, int hours)
    {
        var name = $"{year:0000}-{month:00}-{day:00}";
        var begin = Fiko.Application.Resources.TimeRange.BeginOf(new DateOnly(year, month, day), TimeZoneInfo.FindSystemTimeZoneById(zone));
        DateTimeOffset[] moments = [begin.AddMilliseconds(-1), .. Enumerable.Range(0, hours).Select(h => begin.AddHours(h)), begin.AddHours(hours).AddMilliseconds(-1), begin.AddHours(hours)];
        await Store.CommitAsync(async db =>
        {
            var conversation = Begin(db, await db.Channels.SingleAsync(c => c.Id == Workspace.Api, Ct), moments[0]);
            db.AddRange(moments.Select(m => conversation.Receive(SeededWorkspace.Incoming(), m)));
            await db.SaveChangesAsync(Ct);
        });

        var report = await ReportAsync(Workspace, $"{begin.AddDays(-2):yyyy-MM-dd}", $"{begin.AddDays(3):yyyy-MM-dd}", zone);

        Assert.Equal((1, hours + 1, 1), (In(-1), In(0), In(1)));
        Assert.Equal(hours + 3, report.Total.MessagesIn);

        long In(int offset) => report.ByDay.Single(d => d.Date == DateOnly.ParseExact(name, "yyyy-MM-dd", null).AddDays(offset)).Figures.MessagesIn;
    }

    private async Task<OverviewReport> ReportAsync(SeededWorkspace workspace, string from, string to, string? zone = null) =>
        await Store.SendAsync(new GetOverview(workspace.Caller, from, to, zone));

    private Task TellAsync(SeededWorkspace workspace) => Store.CommitAsync(async db =>
    {
        var (api, telegram) = (await db.Channels.SingleAsync(c => c.Id == workspace.Api, Ct), await db.Channels.SingleAsync(c => c.Id == workspace.Telegram, Ct));
        var agent = workspace.AgentId;

        var first = Begin(db, api, At("2026-03-01T10:00:00Z"));
        db.Add(first.Receive(SeededWorkspace.Incoming(), At("2026-03-01T10:00:00Z")));
        db.Add(first.AnswerAtOnce(new OutgoingMessage("Hi", agent), At("2026-03-01T10:01:40Z")));
        first.ChangeStatus(ConversationStatus.Closed, At("2026-03-01T11:00:00Z"), agent);
        db.Add(first.Receive(SeededWorkspace.Incoming(), At("2026-03-02T09:00:00Z")));
        first.ChangeStatus(ConversationStatus.Closed, At("2026-03-02T09:10:00Z"), agent);

        var second = Begin(db, telegram, At("2026-03-01T20:20:00Z"));
        db.Add(second.Receive(SeededWorkspace.Incoming(), At("2026-03-01T20:20:00Z")));
        db.Add(second.Receive(SeededWorkspace.Incoming(), At("2026-03-01T20:25:00Z")));
        db.Add(second.Echo(SeededWorkspace.Incoming(), "app", At("2026-03-01T20:30:00Z")));

        var third = Begin(db, telegram, At("2026-03-02T08:00:00Z"));
        db.Add(third.AnswerAtOnce(new OutgoingMessage("Hello from us", agent), At("2026-03-02T08:00:00Z")));
        db.Add(third.Annotate(new InternalNote("Between us", agent, []), At("2026-03-02T08:05:00Z")));
        db.Add(third.Receive(SeededWorkspace.Incoming(), At("2026-03-02T08:10:00Z")));
        db.Add(third.AnswerAtOnce(new OutgoingMessage("Yes?", agent), At("2026-03-02T08:10:20Z")));
        db.Add(third.Answer(new OutgoingMessage("Not sent yet", agent), [new OutgoingPiece("Not sent yet")], At("2026-03-02T08:11:00Z")));
        await db.SaveChangesAsync(Ct);
    });

    private static Conversation Begin(DbContext db, ChannelAccount channel, DateTimeOffset at)
    {
        var conversation = new Conversation(channel, new Customer(channel.WorkspaceId, channel.Source, new CustomerProfile("Ali"), at), $"{Guid.NewGuid():N}", at);
        db.Add(conversation);
        return conversation;
    }

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
}

public sealed class CountingOnSqlite(SqliteDatabases databases) : CountingWhatHappened(databases)
{
    [Fact]
    public async Task Every_figure_is_read_from_an_index()
    {
        await Workspace.BeginAsync(20);

        foreach (var command in await Store.RecordAsync(new GetOverview(Workspace.Caller, "2026-01-01", "2026-12-31", "Europe/Berlin")))
        {
            var plan = QueryPlan.Of(Store.Database.ConnectionString, command).ToString();
            Assert.DoesNotContain("SCAN c\n", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("SCAN m\n", plan, StringComparison.Ordinal);
            Assert.True(!plan.Contains("FROM conversation_closings", StringComparison.Ordinal) || plan.Contains("SEARCH c USING COVERING INDEX", StringComparison.Ordinal), plan);
            Assert.True(!plan.Contains("FROM messages", StringComparison.Ordinal) || plan.Contains("SEARCH m USING COVERING INDEX IX_messages_counted", StringComparison.Ordinal), plan);
            Assert.True(!plan.Contains("AnsweredAt IS NOT NULL", StringComparison.Ordinal) || plan.Contains("SEARCH c USING COVERING INDEX IX_conversations_answered", StringComparison.Ordinal), plan);
        }
    }
}

public sealed class CountingOnSqlServer(SqlServerDatabases databases) : CountingWhatHappened(databases);
