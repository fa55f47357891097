using Fiko.Application.Conversations;
using Fiko.Application.Resources;
using Fiko.Application.Search;
using Fiko.Domain.Conversations;
using Fiko.Infrastructure.Persistence;
using Fiko.Infrastructure.Persistence.Search;
using Fiko.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.IntegrationTests.Search;

/// <summary>What is found is what is stored, on every database and whatever becomes of it.</summary>
public abstract class KeepingAnIndexOfWords(IDatabases databases) : PersistenceContract(databases)
{
    [Fact]
    public async Task What_is_said_is_found_newest_first_and_page_by_page()
    {
        var id = (await Workspace.BeginAsync(1))[0];
        var said = new List<long>();
        for (var i = 0; i < 7; i++)
        {
            said.Add(await SayAsync(id, $"سفارش شماره {i}"));
        }

        said.Reverse();

        Assert.Equal(said, await FoundAsync("سفارش"));
        Assert.Equal(said, await PagedAsync("سفارش", limit: 3));
    }

    [Theory]
    [InlineData("كتاب هاي من", "کتاب های من")]
    [InlineData("می‌خواهم", "ميخواهم")]
    [InlineData("می‌خواهم", "می خواهم")]
    [InlineData("میخواهم", "می‌خواهم")]
    [InlineData("می خواهم", "می‌خواهم")]
    [InlineData("شماره ۰۹۱۲", "شماره 091")]
    [InlineData("Crème Brûlée", "brulee creme")]
    [InlineData("one two three", "\"two three\"")]
    [InlineData("one two three", "\"one two\" thr")]
    [InlineData("نمی‌دانم چرا", "\"نمیدانم چرا\"")]
    [InlineData("say 👍", "👍")]
    [InlineData("it's \"quoted\" AND (odd)* OR -not ^that: NEAR", "quoted AND odd OR not that NEAR")]
    public async Task It_is_found_however_it_is_typed(string text, string typed)
    {
        var id = (await Workspace.BeginAsync(1))[0];
        var message = await SayAsync(id, text);

        Assert.Equal([message], await FoundAsync(typed));
    }

    [Theory]
    [InlineData("\"two one\"")]
    [InlineData("one four")]
    [InlineData("on two")]
    [InlineData("ne")]
    [InlineData("onetwo")]
    [InlineData("\"one tw\"")]
    public async Task And_nothing_else_is(string typed)
    {
        await SayAsync((await Workspace.BeginAsync(1))[0], "one two three");

        Assert.Empty(await FoundAsync(typed));
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("\" OR words:x")]
    [InlineData("a\" OR \"b")]
    [InlineData("' OR 1=1 --")]
    [InlineData("NEAR(a b) AND NOT *")]
    [InlineData("words : hello")]
    [InlineData("{words} : ^hello + *")]
    [InlineData("1:hello 2::c1")]
    [InlineData("%")]
    [InlineData("_ello [a-z]")]
    [InlineData("{0} {1}")]
    [InlineData("hello \0 x")]
    public async Task Nothing_that_is_typed_is_an_error_or_more_than_words(string typed)
    {
        var id = (await Workspace.BeginAsync(1))[0];
        await SayAsync(id, "secret");

        Assert.DoesNotContain(await FoundAsync(typed), m => m == 0);
        Assert.Empty((await Store.SendAsync(new ListConversations(Workspace.Caller, Filters: new(null, null, null, null, null, typed)))).Conversations);
    }

    [Fact]
    public async Task An_edit_a_deletion_and_an_erasure_leave_nothing_behind()
    {
        var id = (await Workspace.BeginAsync(1))[0];
        var (edited, deleted, erased) = (await SayAsync(id, "before"), await SayAsync(id, "gone"), await SayAsync(id, "stays"));

        await ChangeAsync(id, edited, (c, m) => c.Edit(m, "after", null, m.CreatedAt));
        await ChangeAsync(id, deleted, (c, m) => c.Delete(m, m.CreatedAt));

        Assert.Empty(await FoundAsync("before"));
        Assert.Empty(await FoundAsync("gone"));
        Assert.Equal([edited], await FoundAsync("after"));
        Assert.Equal([erased], await FoundAsync("stays"));

        await Store.CommitAsync(async db =>
        {
            var conversation = await db.Conversations.SingleAsync(c => c.Id == id);
            conversation.Erase();
            db.Conversations.Remove(conversation);
            await db.SaveChangesAsync(Ct);
        });

        Assert.Empty(await IndexedAsync("after"));
        Assert.Empty(await IndexedAsync("stays"));
    }

    [Fact]
    public async Task What_is_only_accepted_is_not_found_and_what_was_taken_back_before_neither()
    {
        var id = (await Workspace.BeginAsync(1))[0];
        var message = await Workspace.AnswerAsync(id, "one part");
        Assert.Empty(await FoundAsync("answer"));

        await ChangeAsync(id, message, (c, m) => c.Publish(m, m.CreatedAt));

        Assert.Equal([message], await FoundAsync("answer"));
    }

    [Fact]
    public async Task A_change_that_is_not_committed_is_not_found()
    {
        var id = (await Workspace.BeginAsync(1))[0];

        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.CommitAsync(async db =>
        {
            var conversation = await db.Conversations.SingleAsync(c => c.Id == id);
            db.Messages.Add(conversation.Receive(SeededWorkspace.Incoming("uncommitted"), conversation.UpdatedAt));
            await db.SaveChangesAsync(Ct);
            throw new InvalidOperationException("and then it failed");
        }));

        Assert.Empty(await IndexedAsync("uncommitted"));
    }

    [Fact]
    public async Task Another_workspace_has_words_of_its_own()
    {
        var other = await SeededWorkspace.CreateAsync(Store);
        var (mine, theirs) = ((await Workspace.BeginAsync(1))[0], (await other.BeginAsync(1))[0]);
        var message = await SayAsync(mine, "secret");
        await SayAsync(theirs, "secret");

        Assert.Equal([message], await FoundAsync("secret"));
        Assert.Equal([message], await IndexedAsync("secret"));
        Assert.Equal([mine], (await Store.SendAsync(new ListConversations(Workspace.Caller, Filters: new(null, null, null, null, null, "first0")))).Conversations.Select(c => c.Key));
    }

    [Fact]
    public async Task Filters_narrow_within_the_index()
    {
        var ids = await Workspace.BeginAsync(2);
        var telegram = (await Workspace.BeginAsync(1, Workspace.Telegram))[0];
        var (first, second, third) = (await SayAsync(ids[0], "word"), await SayAsync(ids[1], "word"), await SayAsync(telegram, "word"));
        var customer = await Store.ReadAsync(db => db.Conversations.Where(c => c.Id == ids[1]).Select(c => c.CustomerId).SingleAsync(Ct));
        var at = await Store.ReadAsync(db => db.Messages.Where(m => m.Id == second).Select(m => m.CreatedAt).SingleAsync(Ct));
        await Store.CommitAsync(db => db.Database.ExecuteSqlAsync($"DELETE FROM customer_search", Ct));

        Assert.Equal([first], await FoundAsync("word", new(ConversationId: $"conv_{ids[0]}")));
        Assert.Equal([second], await FoundAsync("word", new(CustomerId: customer)));
        Assert.Equal([third], await FoundAsync("word", new(Source: "telegram")));
        Assert.Equal([second, first], await FoundAsync("word", new(Source: "api")));
        Assert.Empty(await FoundAsync("word", new(Source: "api\" OR \"x")));
        Assert.Equal([second], await FoundAsync("word", new(From: $"{at:yyyy-MM-dd'T'HH:mm:ss.fffK}")));
        Assert.Equal([third, first], await FoundAsync("word", new(To: $"{at.AddMilliseconds(-1):yyyy-MM-dd'T'HH:mm:ss.fffK}")));
        Assert.Equal([third, second, first], await FoundAsync("word", new(From: "2025-12-31", To: "2026-01-02")));
        Assert.Empty(await FoundAsync("word", new(From: "2026-01-03")));
        Assert.Empty(await FoundAsync("word", new(To: "2025-12-31")));
        Assert.Empty(await FoundAsync("word", new(From: "1950-01-01", To: "1960-01-01")));
    }

    [Fact]
    public async Task A_customer_is_found_by_the_name_they_have_now()
    {
        var id = (await Workspace.BeginAsync(1))[0];
        var customer = await Store.CommitAsync(async db =>
        {
            var conversation = await db.Conversations.Include(c => c.Customer).SingleAsync(c => c.Id == id);
            conversation.Customer.Rename("علي‌رضا", "Müller-Öz");
            await db.SaveChangesAsync(Ct);
            return conversation.CustomerId;
        });

        foreach (var typed in (string[])["علیرضا", "علی رضا", "مولر", "mull öz", "OZ ali", "user0", "first0"])
        {
            var found = await Store.SendAsync(new SearchWorkspace(Workspace.Caller, typed, new(Type: "customers"), new Paging()));
            Assert.Equal(typed is "مولر" or "OZ ali" or "first0" ? [] : [customer], found.Items.Select(h => h.Customer.Id));
        }
    }

    [Theory]
    [InlineData("0912 345 6789")]
    [InlineData("09123456789")]
    [InlineData("+989123456789")]
    [InlineData("۹۱۲۳۴۵")]
    [InlineData("6789")]
    [InlineData("sara@example")]
    [InlineData("EXAMPLE.COM first0")]
    public async Task A_customer_is_found_by_how_they_are_reached(string typed)
    {
        var id = (await Workspace.BeginAsync(1))[0];
        var customer = await Store.CommitAsync(async db =>
        {
            var conversation = await db.Conversations.Include(c => c.Customer).SingleAsync(c => c.Id == id);
            db.Entry(conversation.Customer).Property(c => c.Email).CurrentValue = "sara@example.com";
            db.Entry(conversation.Customer).Property(c => c.PhoneNumber).CurrentValue = "+98 912 345 67 89";
            await db.SaveChangesAsync(Ct);
            return conversation.CustomerId;
        });

        var found = await Store.SendAsync(new SearchWorkspace(Workspace.Caller, typed, new(Type: "customers"), new Paging()));

        Assert.Equal([customer], found.Items.Select(h => h.Customer.Id));
        Assert.Equal([id], (await Store.SendAsync(new ListConversations(Workspace.Caller, Filters: new(null, null, null, null, null, typed)))).Conversations.Select(c => c.Key));
    }

    [Fact]
    public async Task What_was_there_before_the_index_is_indexed_after_the_start()
    {
        var ids = await Workspace.BeginAsync(3);
        var messages = new List<long> { await SayAsync(ids[0], "older"), await SayAsync(ids[1], "older"), await SayAsync(ids[2], "older") };
        await ChangeAsync(ids[1], messages[1], (c, m) => c.Delete(m, m.CreatedAt));
        await Store.CommitAsync(async db =>
        {
            await db.Database.ExecuteSqlAsync($"DELETE FROM message_search", Ct);
            await db.Database.ExecuteSqlAsync($"DELETE FROM customer_search", Ct);
            await db.Database.ExecuteSqlAsync($"INSERT INTO search_backfill VALUES ('messages', {messages[2]}), ('customers', {long.MaxValue})", Ct);
        });
        Assert.Empty(await FoundAsync("older"));
        await SayAsync(ids[0], "newer");

        await Store.Services.GetRequiredService<SearchBackfill>().RunAsync(Ct);

        Assert.Equal([messages[2], messages[0]], await FoundAsync("older"));
        Assert.Single(await FoundAsync("newer"));
        Assert.Equal(3, (await Store.SendAsync(new SearchWorkspace(Workspace.Caller, "first", new(Type: "customers"), new Paging()))).Items.Count);
        Assert.Equal(0, await Store.ReadAsync(db => db.Database.SqlQuery<int>($"SELECT COUNT(*) AS Value FROM search_backfill").SingleAsync(Ct)));
    }

    private Task<long> SayAsync(long conversationId, string text) => Store.CommitAsync(async db =>
    {
        var conversation = await db.Conversations.SingleAsync(c => c.Id == conversationId);
        var message = conversation.Receive(SeededWorkspace.Incoming(text), conversation.UpdatedAt.AddSeconds(1));
        db.Messages.Add(message);
        await db.SaveChangesAsync(Ct);
        return message.Id;
    });

    private Task ChangeAsync(long conversationId, long messageId, Action<Conversation, Message> change) => Store.CommitAsync(async db =>
    {
        var conversation = await db.Conversations.SingleAsync(c => c.Id == conversationId);
        change(conversation, await db.Messages.Include(m => m.Revisions).Include(m => m.Deliveries).Include(m => m.Attachments).SingleAsync(m => m.Id == messageId));
        await db.SaveChangesAsync(Ct);
    });

    private async Task<long[]> FoundAsync(string typed, SearchFilters? filters = null) =>
        [.. (await Store.SendAsync(new SearchWorkspace(Workspace.Caller, typed, (filters ?? new()) with { Type = "messages" }, new Paging(Limit: 100)))).Items.Select(h => h.Key)];

    private async Task<List<long>> PagedAsync(string typed, int limit)
    {
        var seen = new List<long>();
        string? cursor = null;
        do
        {
            var page = await Store.SendAsync(new SearchWorkspace(Workspace.Caller, typed, new(Type: "messages"), new Paging(limit, cursor)));
            seen.AddRange(page.Items.Select(h => h.Key));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return seen;
    }

    // What the index itself holds, whatever became of the rows.
    private Task<IReadOnlyList<long>> IndexedAsync(string typed) =>
        Store.ReadAsync(db => db.SearchIndex.FindMessagesAsync(new MessageSearch(Workspace.Id, SearchQuery.Read(typed), 100), Ct));
}

public sealed class KeepingWordsOnSqlite(SqliteDatabases databases) : KeepingAnIndexOfWords(databases)
{
    [Fact]
    public async Task A_question_is_answered_by_the_index_alone()
    {
        await Workspace.BeginAsync(20);
        var searches = (SearchWorkspace[])
        [
            new(Workspace.Caller, "hello", new(), new Paging()),
            new(Workspace.Caller, "hello", new(Type: "messages", Source: "api", From: "2026-01-01"), new Paging()),
            new(Workspace.Caller, "first", new(Type: "customers"), new Paging()),
        ];

        foreach (var search in searches)
        {
            foreach (var command in await Store.RecordAsync(search))
            {
                var plan = QueryPlan.Of(Store.Database.ConnectionString, command);
                Assert.True(!plan.Scans.Any(), $"reads a whole table: {plan}");
                Assert.True(!plan.Sweeps.Any(), $"reads a whole workspace: {plan}");
            }
        }
    }

    [Fact]
    public async Task Its_size_is_that_of_words_and_not_of_texts()
    {
        var columns = await Store.ReadAsync(db => db.Database.SqlQuery<string>($"SELECT name AS Value FROM sqlite_master WHERE name LIKE '%_search_content'").ToListAsync(Ct));

        Assert.Empty(columns);
    }
}

public sealed class KeepingWordsOnSqlServer(SqlServerDatabases databases) : KeepingAnIndexOfWords(databases);
