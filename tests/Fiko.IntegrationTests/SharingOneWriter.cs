using System.Threading.Channels;
using Fiko.Infrastructure.Persistence;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fiko.IntegrationTests;

/// <summary>SQLite's group commit.</summary>
public sealed class SharingOneWriter : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fiko-lane-");
    private readonly TaskCompletionSource _gate = new();
    private readonly string _address;
    private readonly SqliteWriteLane _lane;
    private bool _refused;

    public SharingOneWriter()
    {
        _address = $"Data Source={Path.Combine(_folder.FullName, "lane.db")}";
        _lane = new SqliteWriteLane(_address);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        await _lane.RunAsync((c, t) => ExecuteAsync(c, t, "CREATE TABLE rows (id INTEGER PRIMARY KEY, name TEXT UNIQUE)"), Ct);

    public async ValueTask DisposeAsync()
    {
        await _lane.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_unit_is_on_the_disk_when_it_is_told_so()
    {
        await AddAsync("one");

        Assert.Equal(["one"], Rows());
    }

    [Theory]
    [InlineData("an exception of its own")]
    [InlineData("INSERT INTO rows (name) VALUES ('first')")]
    [InlineData("INSERT INTO nowhere VALUES (1)")]
    [InlineData("not even SQL")]
    public async Task A_unit_that_fails_takes_nothing_with_it(string failure)
    {
        var held = HoldAsync();
        var first = AddAsync("first");
        var bad = _lane.RunAsync(
            async (c, t) =>
            {
                await ExecuteAsync(c, t, "INSERT INTO rows (name) VALUES ('of the bad one')");
                await (failure.StartsWith("an exc", StringComparison.Ordinal) ? throw new NotSupportedException() : ExecuteAsync(c, t, failure));
            },
            Ct);
        var last = AddAsync("last");

        _gate.SetResult();

        await Assert.ThrowsAnyAsync<Exception>(() => bad);
        await Task.WhenAll(held, first, last);
        Assert.Equal(["first", "last"], Rows());
    }

    [Fact]
    public async Task A_unit_that_fails_before_all_others_takes_nothing_with_it()
    {
        var held = HoldAsync(fails: true);
        var first = AddAsync("first");
        var second = AddAsync("second");

        _gate.SetResult();

        await Assert.ThrowsAsync<SqliteException>(() => held);
        await Task.WhenAll(first, second);
        Assert.Equal(["first", "second"], Rows());
    }

    [Fact]
    public async Task A_unit_that_cannot_even_begin_is_told_so_and_the_next_one_runs()
    {
        await _lane.RunAsync((c, _) => Task.FromResult(raw.sqlite3_set_authorizer(c.Handle, RefuseOneSavepoint, null)), Ct);

        var refused = AddAsync("refused");

        await Assert.ThrowsAsync<SqliteException>(() => refused.WaitAsync(TimeSpan.FromSeconds(20), Ct));
        await AddAsync("next").WaitAsync(TimeSpan.FromSeconds(20), Ct);
        Assert.Equal(["next"], Rows());
    }

    [Fact]
    public async Task A_unit_cancelled_before_its_turn_never_runs()
    {
        using var given = new CancellationTokenSource();
        var held = HoldAsync();
        var late = _lane.RunAsync((c, t) => ExecuteAsync(c, t, "INSERT INTO rows (name) VALUES ('late')"), given.Token);
        var next = AddAsync("next");

        await given.CancelAsync();
        _gate.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => late);
        await Task.WhenAll(held, next);
        Assert.Equal(["next"], Rows());
    }

    [Fact]
    public async Task Units_that_wait_share_commits_and_all_finish()
    {
        var transactions = new List<SqliteTransaction>();
        var held = HoldAsync();
        var waiting = Enumerable.Range(0, 1000).Select(n => _lane.RunAsync(
            (c, t) =>
            {
                transactions.Add(t);
                return ExecuteAsync(c, t, $"INSERT INTO rows (name) VALUES ('{n}')");
            },
            Ct)).ToList();

        _gate.SetResult();
        await Task.WhenAll(waiting.Append(held)).WaitAsync(TimeSpan.FromSeconds(60), Ct);

        Assert.Equal(1000, Rows().Count);
        Assert.InRange(transactions.Distinct().Count(), 2, 20);
    }

    [Fact]
    public async Task Stopping_lets_what_waits_finish_and_takes_nothing_more()
    {
        var held = HoldAsync();
        var waiting = Enumerable.Range(0, 10).Select(n => AddAsync($"{n}")).ToList();

        var stopping = _lane.DisposeAsync().AsTask();
        var refused = AddAsync("too late");
        _gate.SetResult();
        await Task.WhenAll([held, stopping, .. waiting]);

        await Assert.ThrowsAsync<ChannelClosedException>(() => refused);
        Assert.Equal(10, Rows().Count);
    }

    // The lane's turn is taken until the gate opens, so that what follows waits together.
    private Task HoldAsync(bool fails = false) =>
        _lane.RunAsync(
            async (c, t) =>
            {
                await _gate.Task;
                await (fails ? ExecuteAsync(c, t, "not even SQL") : Task.CompletedTask);
            },
            Ct);

    private Task AddAsync(string name) => _lane.RunAsync((c, t) => ExecuteAsync(c, t, $"INSERT INTO rows (name) VALUES ('{name}')"), Ct);

    private int RefuseOneSavepoint(object state, int action, utf8z what, utf8z name, utf8z database, utf8z trigger) =>
        action == raw.SQLITE_SAVEPOINT && what.utf8_to_string() == "BEGIN" && !Interlocked.Exchange(ref _refused, true) ? raw.SQLITE_DENY : raw.SQLITE_OK;

    private static async Task ExecuteAsync(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        await using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private List<string> Rows()
    {
        using var connection = new SqliteConnection(_address);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM rows ORDER BY id";
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
