using System.Text.RegularExpressions;
using Fiko.Application.Reports;
using Fiko.Application.Search;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Fiko.Domain.Customers;
using Fiko.Domain.Webhooks;
using Fiko.Infrastructure.Persistence;
using Fiko.Infrastructure.Persistence.Search;
using Fiko.SqlServerTests.Compiling;
using Fiko.SqlServerTests.Replaying;
using Fiko.SqlServerTwin.Fake;
using Fiko.SqlServerTwin.Replay;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fiko.SqlServerTests;

/// <summary>What the product says to SQL Server in its own words can't be replayed from SQLite. It runs here itself, and is checked.</summary>
public sealed partial class RunningWhatIsWrittenForSqlServer(MigrationScripts migrations)
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    // A file that is new here needs a test below.
    private static readonly string[] WithSqlOfTheirOwn =
    [
        "Persistence/CommitMarkSweeper.cs",
        "Persistence/Reports/ReportFacts.cs",
        "Persistence/Schema.cs",
        "Persistence/Search/SearchBackfill.cs",
        "Persistence/Search/SqlServerSearchIndex.cs",
        "Persistence/Search/SqliteSearchIndex.cs",
        "Persistence/SqlServerFikoDbContext.cs",
        "Persistence/SqliteWriteLane.cs",
    ];

    private readonly List<Body> _heard = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Looking_for_words_compiles(bool withFullText)
    {
        using var twin = Open(withFullText);
        var search = new MessageSearch(1, SearchQuery.Read("سلام mina \"good day\" a-b +98912"), 20);

        await twin.Search.FindMessagesAsync(search, Ct);
        await twin.Search.FindMessagesAsync(search with { Before = 9, Conversations = [1, 2], Source = "telegram", From = Now, Until = Now }, Ct);
        await twin.Search.FindCustomers(1, SearchQuery.Read("mina +98912", ofPerson: true)).ToListAsync(Ct);
        await twin.Search.FindCustomers(1, SearchQuery.Read("!")).ToListAsync(Ct);
        await twin.Search.PurgeAsync(begin: true, Ct);

        MustBeFine(atLeast: 4);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Keeping_words_compiles(bool onlyMissing)
    {
        using var twin = Open();
        var (message, customer) = (NewMessage(), new Customer(1, "api", new CustomerProfile("Mina", "Rad", "mina"), Now));
        var gone = NewMessage();
        gone.Conversation!.Delete(gone, Now);

        await twin.Db.SearchIndex.WriteAsync([message, gone], [customer], Ct, onlyMissing);

        MustBeFine(atLeast: 3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Reports_compile(int changesOfTheClock)
    {
        using var twin = Open();
        var facts = twin.Services.GetRequiredService<IReportFacts>();
        var scope = new ReportScope(1, Now, Now.AddDays(60), [.. Enumerable.Range(0, changesOfTheClock).Select(n => (Now.AddDays(n), TimeSpan.FromMinutes(210 + n)))]);

        foreach (var fact in Enum.GetValues<ReportedFact>())
        {
            await foreach (var _ in facts.CountAsync(fact, scope))
            {
            }
        }

        foreach (var fact in (ReportedFact[])[ReportedFact.FirstAnswered, ReportedFact.Closed])
        {
            await foreach (var _ in facts.SortAsync(fact, scope))
            {
            }
        }

        MustBeFine(atLeast: Enum.GetValues<ReportedFact>().Length + 2);
    }

    [Fact]
    public async Task Indexing_what_was_there_before_compiles()
    {
        var left = new Queue<object?[]?>([[1], [5L], [1], null, [5L], [0]]);
        using var connection = new FakeConnection(Hear, sql => sql.Contains("search_backfill", StringComparison.Ordinal) && sql.Contains("SELECT", StringComparison.Ordinal) && left.TryDequeue(out var row) ? row : null);
        using var backfill = new SearchBackfill(TwinDatabase.Scopes(connection), TimeProvider.System, NullLogger<SearchBackfill>.Instance);

        await backfill.RunAsync(Ct);

        MustBeFine(atLeast: 5);
    }

    [Fact]
    public async Task A_unit_of_work_compiles_from_its_words_to_its_place_in_the_log()
    {
        using var twin = Open(answers: sql => sql.Contains("[Head]", StringComparison.Ordinal) && sql.StartsWith("SELECT", StringComparison.Ordinal) ? [5L] : null);

        await twin.Services.GetRequiredService<IUnitOfWork>().CommitAsync(
            async () =>
            {
                var message = NewMessage();
                twin.Db.Messages.Add(message);
                await twin.Db.SaveChangesAsync(Ct);
                return message.Id;
            },
            Ct);

        MustBeFine(atLeast: 4);
        Assert.Contains(_heard, c => c.Sql.Contains("INSERT INTO [events]", StringComparison.Ordinal));
        Assert.Contains(_heard, c => c.Sql.Contains("[message_search]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Asking_for_the_mark_of_a_commit_compiles()
    {
        using var twin = Open();
        var db = (SqlServerFikoDbContext)twin.Db;

        await db.IsCommittedAsync(new CommitMark(Now, Guid.CreateVersion7(Now)), Ct);

        MustBeFine(atLeast: 1);
    }

    [Fact]
    public async Task Forgetting_old_marks_compiles()
    {
        using var connection = new FakeConnection(Hear);
        using var sweeper = new CommitMarkSweeper(TwinDatabase.Scopes(connection), TimeProvider.System, NullLogger<CommitMarkSweeper>.Instance);

        await sweeper.SweepAsync(Ct);

        MustBeFine(atLeast: 1);
    }

    [Fact]
    public async Task Reserving_rows_compiles_wherever_it_is_done()
    {
        using var twin = Open();

        await twin.Db.ReserveAsync<Attachment>([1, 2], Ct);
        await twin.Db.ReserveAsync<ChannelAddress>([1], Ct);
        await twin.Db.ReserveAsync<Delivery>([1], Ct);
        await twin.Db.ReserveAsync<InboundUpdate>([1], Ct);
        await twin.Db.ReserveAsync<WebhookDelivery>([1], Ct);

        MustBeFine(atLeast: 5);
    }

    [Fact]
    public async Task Bringing_a_database_up_to_date_says_nothing_that_cannot_be_read()
    {
        using var twin = Open();

        await twin.Services.GetRequiredService<Schema>().MigrateAsync(Ct);

        // What it changes is replayed elsewhere; of what it asks the server about itself no model knows the answer.
        Assert.True(_heard.Count > migrations.Names.Count);
        foreach (var command in _heard)
        {
            Sql.Parse(command.Sql, out var problems);
            Found.Nothing(problems);
        }
    }

    [Fact]
    public void Nobody_else_has_words_of_their_own()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "Fiko.sln")))
        {
            root = root.Parent;
        }

        var source = Path.Combine(root.FullName, "src");
        var found = Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("Migrations", StringComparison.Ordinal) && !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(path => RawSql().IsMatch(File.ReadAllText(path)))
            .Select(path => Path.GetRelativePath(Path.Combine(source, "Fiko.Infrastructure"), path).Replace('\\', '/'));

        Assert.Equal(WithSqlOfTheirOwn, found.Order(StringComparer.Ordinal));
    }

    private static Message NewMessage()
    {
        var channel = new ChannelAccount(1, ChannelName.Api, "API", null, null, Now);
        var customer = new Customer(1, channel.Source, new CustomerProfile("Mina", "Rad", "mina"), Now);
        return new Conversation(channel, customer, "mina", Now).Receive(new IncomingMessage("text", "Hello", "1"), Now);
    }

    private Twin Open(bool withFullText = false, Func<string, object?[]?>? answers = null) => TwinDatabase.Open(ServerWords.Connection(withFullText, Hear, answers));

    private void Hear(FakeCommand command) => _heard.Add(new(command.CommandText, command.Declarations));

    private void MustBeFine(int atLeast)
    {
        // Which search a server has it is asked once, by whoever comes first.
        var commands = _heard.Where(c => !c.Sql.Contains("OBJECTPROPERTY", StringComparison.Ordinal)).ToList();
        var problems = Sent.Problems(migrations.Schema, commands);

        Assert.True(commands.Count >= atLeast, $"Only {commands.Count} commands: {string.Join("\n", commands)}");
        Found.Nothing(commands.Zip(problems).Where(c => c.Second.Count > 0).Select(c => $"{string.Join("\n", c.Second)}\n{c.First.Sql}"));
    }

    [GeneratedRegex(@"\.(ExecuteSql|SqlQuery|FromSql)|CreateCommand\(\)|EF\.Compile|IsSqlServer\(|IsSqlite\(")]
    private static partial Regex RawSql();
}
