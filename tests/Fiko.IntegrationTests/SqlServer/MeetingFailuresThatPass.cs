using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Fiko.Domain.Customers;
using Fiko.Infrastructure.Persistence;
using Fiko.IntegrationTests.Hosting;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.IntegrationTests.SqlServer;

/// <summary>A server's errors, made up: what is done again, what is reported, and that nothing is done twice.</summary>
public sealed class MeetingFailuresThatPass : IAsyncDisposable
{
    private const string Insert = "INSERT INTO [customers]";
    private const string Append = "INSERT INTO [events]";
    private const string Head = "UPDATE [w]";
    private const string Ask = "FROM [commit_marks] WITH";
    private static readonly DateTimeOffset Now = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    private readonly ScriptedStore _scripted = new();
    private int _runs;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ScriptedServer Server => _scripted.Server;

    private Store Store => _scripted.Store;

    public ValueTask DisposeAsync() => _scripted.DisposeAsync();

    [Theory]
    [InlineData(2601)]
    [InlineData(2627)]
    [InlineData(547)]
    [InlineData(1205)]
    [InlineData(3960)]
    public async Task Who_lost_a_race_is_run_again_and_heard_once(int number)
    {
        Server.OnStatement = ScriptedServer.Once(Insert, number);

        await CommitAsync();

        Assert.Equal(2, _runs);
        AssertDoneOnce();
    }

    [Theory]
    [InlineData(1205, Head)]
    [InlineData(1205, Append)]
    [InlineData(10054, Insert)]
    [InlineData(10054, Head)]
    [InlineData(10054, Append)]
    [InlineData(596, Append)]
    [InlineData(6005, Insert)]
    public async Task A_failure_that_passes_begins_the_whole_unit_anew_and_appends_once(int number, string where)
    {
        Server.OnStatement = ScriptedServer.Once(where, number);

        await CommitAsync();

        Assert.Equal(2, _runs);
        AssertDoneOnce();
    }

    [Fact]
    public async Task A_connection_that_does_not_open_is_tried_again()
    {
        var faults = 1;
        Server.OnOpen = () => faults-- > 0 ? SqlErrors.Of(4060) : null;

        await CommitAsync();

        Assert.Equal(1, _runs);
        AssertDoneOnce();
    }

    [Theory]
    [InlineData(10054)]
    [InlineData(-2)]
    [InlineData(0)]
    public async Task A_commit_that_was_done_but_not_answered_is_not_done_again(int number)
    {
        var lost = 1;
        Server.OnCommit = () => (true, lost-- > 0 ? SqlErrors.Of(number) : null);

        var result = await CommitAsync();

        Assert.Equal(1, _runs);
        Assert.Equal("run 1", result);
        AssertDoneOnce();
    }

    [Theory]
    [InlineData(10054)]
    [InlineData(-2)]
    [InlineData(0)]
    public async Task A_commit_that_was_lost_itself_is_done_again(int number)
    {
        var lost = 1;
        Server.OnCommit = () => lost-- > 0 ? (false, SqlErrors.Of(number)) : (true, null);

        var result = await CommitAsync();

        Assert.Equal(2, _runs);
        Assert.Equal("run 2", result);
        AssertDoneOnce();
    }

    [Theory]
    [InlineData(10054)]
    [InlineData(-2)]
    public async Task Whether_it_was_done_is_asked_until_there_is_an_answer(int number)
    {
        var lost = 1;
        Server.OnCommit = () => (true, lost-- > 0 ? SqlErrors.Of(10054) : null);
        Server.OnStatement = ScriptedServer.Once(Ask, number);

        await CommitAsync();

        Assert.Equal(1, _runs);
        Assert.Equal(2, Server.Sent.Count(s => s.Contains(Ask, StringComparison.Ordinal)));
        AssertDoneOnce();
    }

    [Fact]
    public async Task What_takes_too_long_is_reported_and_leaves_nothing()
    {
        Server.OnStatement = ScriptedServer.Once(Insert, -2);

        var failed = await Assert.ThrowsAsync<DbUpdateException>(CommitAsync);

        Assert.Equal(-2, Assert.IsType<SqlException>(failed.InnerException).Number);
        Assert.Equal(1, _runs);
        Assert.Empty(Server.Committed);
        Assert.Empty(Store.Heard.All);
    }

    [Fact]
    public async Task The_head_comes_after_all_that_a_unit_of_work_saves()
    {
        await CommitAsync();

        var order = Server.Committed.ConvertAll(s => s.Contains(ScriptedServer.NewId, StringComparison.Ordinal) || s.Contains("[conversation_closings]", StringComparison.Ordinal) ? "rows"
            : s.Contains("[customer_search]", StringComparison.Ordinal) ? "words"
            : s.Contains(Head, StringComparison.Ordinal) ? "head"
            : s.Contains("[w].[Head]", StringComparison.Ordinal) ? "read"
            : s.Contains(Append, StringComparison.Ordinal) && s.Contains("[commit_marks]", StringComparison.Ordinal) ? "events and mark" : s);
        var steps = order.Where((step, n) => n == 0 || order[n - 1] != step);
        Assert.Equal(["rows", "words", "rows", "words", "head", "read", "events and mark"], steps);
    }

    [Fact]
    public async Task Who_saves_nothing_leaves_no_mark()
    {
        await Store.CommitAsync(_ => Task.FromResult(1));

        Assert.Empty(Server.Committed);
        Assert.Equal(["BEGIN ReadCommitted"], Server.Sent);
    }

    [Fact]
    public async Task A_query_by_itself_is_asked_again()
    {
        Server.OnStatement = ScriptedServer.Once("[customers]", 10054);
        Server.Answers = _ => [[3]];

        Assert.Equal(3, await Store.ReadAsync(db => db.Customers.CountAsync(Ct)));
    }

    [Fact]
    public async Task In_one_moment_nothing_is_asked_again_because_the_moment_is_over()
    {
        Server.Answers = _ => [[3]];

        await Store.ReadAsync(async db =>
        {
            await using var moment = await db.ReadOneMomentAsync(Ct);
            Assert.Equal(3, await db.Customers.CountAsync(Ct));
            Server.OnStatement = ScriptedServer.Once("[customers]", 10054);
            await Assert.ThrowsAsync<SqlException>(() => db.Customers.CountAsync(Ct));
            return true;
        });

        Assert.Equal("BEGIN Snapshot", Server.Sent[0]);
    }

    [Fact]
    public async Task A_database_without_versions_of_rows_is_refused()
    {
        var isOn = 0;
        var migrations = await Store.ReadAsync(db => Task.FromResult(db.Database.GetMigrations().ToList()));
        Server.Answers = sql => sql.Contains("sys.databases", StringComparison.Ordinal) ? [[isOn]]
            : sql.Contains("[MigrationId]", StringComparison.Ordinal) ? [.. migrations.Select(m => (object[])[m, "10"])]
            : [[1]];

        Assert.Contains("READ_COMMITTED_SNAPSHOT", await Store.ReadAsync(db => new Schema(db).WhatIsMissingAsync(Ct)), StringComparison.Ordinal);
        isOn = 1;
        Assert.Null(await Store.ReadAsync(db => new Schema(db).WhatIsMissingAsync(Ct)));
    }

    [Fact]
    public async Task Old_marks_are_forgotten_in_pieces()
    {
        await Store.Services.GetRequiredService<CommitMarkSweeper>().SweepAsync(Ct);

        Assert.StartsWith("DELETE TOP (", Assert.Single(Server.Sent), StringComparison.Ordinal);
    }

    // Saves twice, and something happens both times.
    private Task<string> CommitAsync() => Store.CommitAsync(async db =>
    {
        var run = $"run {++_runs}";
        foreach (var name in new[] { "Ali", "Negar" })
        {
            var channel = new ChannelAccount(1, ChannelName.Api, name, null, null, Now);
            var conversation = new Conversation(channel, new Customer(1, "api", new CustomerProfile(name), Now), name, Now);
            conversation.ChangeStatus(ConversationStatus.Closed, Now);
            db.AddRange(channel, conversation);
            await db.SaveChangesAsync(Ct);
        }

        return run;
    });

    private void AssertDoneOnce()
    {
        Assert.Equal(2, Server.CommittedOf(Insert));
        Assert.Equal(1, Server.CommittedOf(Append));
        Assert.Equal(1, Server.CommittedOf("INSERT INTO [commit_marks]"));
        Assert.Equal(1, Server.CommittedOf(Head));
        var heard = Assert.Single(Store.Heard.All);
        Assert.Equal(2, heard.Logs[1].Last - heard.Logs[1].First + 1);
    }
}
