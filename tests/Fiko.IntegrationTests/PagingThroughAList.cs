using Fiko.Application.Resources;
using Fiko.Domain.Conversations;
using Fiko.Domain.Shared;
using Fiko.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Fiko.IntegrationTests;

/// <summary>rest.md, Lists: every row is on one page and in its order, whatever it is sorted by.</summary>
public abstract class PagingThroughAList(IDatabases databases) : PersistenceContract(databases)
{
    private static readonly Ordering<Conversation> Orders = new Ordering<Conversation>(c => c.Id)
        .By("updated_at", c => c.UpdatedAt, descending: true)
        .By("unread", c => c.UnreadCount)
        .By("name", c => c.Customer.FirstName);

    public static TheoryData<string> Sorts => ["updated_at", "-updated_at", "unread", "-unread", "name", "-name"];

    [Theory]
    [MemberData(nameof(Sorts))]
    public async Task Every_row_comes_once_and_in_order(string sort)
    {
        await Workspace.BeginAsync(23);

        var seen = await ReadAsync(sort, limit: 4);

        var whole = await ReadAsync(sort, limit: 500);
        Assert.Equal(23, whole.Distinct().Count());
        Assert.Equal(whole, seen);
        Assert.Equal(await SortedAsync(sort), whole);
    }

    [Fact]
    public async Task What_is_new_at_the_top_moves_no_page()
    {
        var old = await Workspace.BeginAsync(6);
        var first = await PageAsync(new Paging(Limit: 3));

        await Workspace.BeginAsync(2);
        await Workspace.WriteAsync((await Workspace.BeginAsync(1))[0], 1);

        var second = await PageAsync(new Paging(Limit: 500, Cursor: first.NextCursor));
        Assert.Equal(old.Reverse().Take(3), first.Ids);
        Assert.Superset(old.Take(3).ToHashSet(), second.Ids.ToHashSet());
        Assert.DoesNotContain(second.Ids, first.Ids.Contains);
    }

    [Fact]
    public async Task The_total_is_counted_only_when_asked_for()
    {
        await Workspace.BeginAsync(5);

        Assert.Equal(5, (await PageAsync(new Paging(Limit: 2, IncludeTotal: true))).Total);
        Assert.Null((await PageAsync(new Paging(Limit: 2))).Total);
        Assert.Null((await PageAsync(new Paging(Limit: 5))).NextCursor);
    }

    [Theory]
    [InlineData(0, null, null, "limit")]
    [InlineData(501, null, null, "limit")]
    [InlineData(null, null, "colour", "sort")]
    [InlineData(null, null, "", "sort")]
    [InlineData(null, null, "--name", "sort")]
    [InlineData(null, "", null, "cursor")]
    [InlineData(null, "not one of ours", null, "cursor")]
    [InlineData(null, "bnVsbA", null, "cursor")]
    [InlineData(null, "e30", null, "cursor")]
    public async Task What_is_no_page_is_named(int? limit, string? cursor, string? sort, string field)
    {
        var refusal = await Assert.ThrowsAsync<RuleBrokenException>(() => PageAsync(new Paging(limit, cursor, Sort: sort)));

        Assert.Equal(("invalid_field", field), (refusal.Code, refusal.Field));
    }

    [Fact]
    public async Task A_cursor_is_good_for_its_own_order_alone()
    {
        await Workspace.BeginAsync(3);
        var byName = await PageAsync(new Paging(Limit: 1, Sort: "name"));

        var refusal = await Assert.ThrowsAsync<RuleBrokenException>(() => PageAsync(new Paging(Cursor: byName.NextCursor, Sort: "-name")));

        Assert.Equal("cursor", refusal.Field);
    }

    private async Task<List<long>> ReadAsync(string? sort, int limit)
    {
        var ids = new List<long>();
        string? cursor = null;
        do
        {
            var page = await PageAsync(new Paging(limit, cursor, Sort: sort));
            ids.AddRange(page.Ids);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        return ids;
    }

    private Task<KeyPage> PageAsync(Paging paging) =>
        Store.ReadAsync(db => Orders.PageAsync(db.Conversations.Where(c => c.WorkspaceId == Workspace.Id), paging, Ct));

    private Task<List<long>> SortedAsync(string sort) => Store.ReadAsync(db =>
    {
        var rows = db.Conversations.Where(c => c.WorkspaceId == Workspace.Id);
        var sorted = sort switch
        {
            "updated_at" => rows.OrderBy(c => c.UpdatedAt).ThenBy(c => c.Id),
            "-updated_at" => rows.OrderByDescending(c => c.UpdatedAt).ThenByDescending(c => c.Id),
            "unread" => rows.OrderBy(c => c.UnreadCount).ThenBy(c => c.Id),
            "-unread" => rows.OrderByDescending(c => c.UnreadCount).ThenByDescending(c => c.Id),
            "name" => rows.OrderBy(c => c.Customer.FirstName).ThenBy(c => c.Id),
            _ => rows.OrderByDescending(c => c.Customer.FirstName).ThenByDescending(c => c.Id),
        };
        return sorted.Select(c => c.Id).ToListAsync(Ct);
    });
}

public sealed class PagingThroughAListOnSqlite(SqliteDatabases databases) : PagingThroughAList(databases);

public sealed class PagingThroughAListOnSqlServer(SqlServerDatabases databases) : PagingThroughAList(databases);
