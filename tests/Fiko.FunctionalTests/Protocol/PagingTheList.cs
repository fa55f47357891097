using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Protocol;

public sealed class PagingTheList(BusyServer server) : IClassFixture<BusyServer>
{
    [Fact]
    public async Task Pages_follow_each_other_in_the_order_of_newest_activity()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await WriteAsync(workspace, Enumerable.Range(1, 25));
        await WriteAsync(workspace, [7]);
        await using var list = await workspace.OpenListAsync(workspace.Owner);

        var pages = new List<JsonElement>();
        string? page = null;
        do
        {
            await list.SendAsync(new { type = "get_conversations", limit = 10, page });
            pages.Add(await list.NextAsync("conversations_list"));
            page = pages[^1].Text("next_page");
        }
        while (page is not null);

        Assert.Equal([10, 10, 5], pages.Select(p => p.At("conversations").GetArrayLength()));
        Assert.Equal([true, true, false], pages.Select(p => p.At("has_more").GetBoolean()));
        Assert.All(pages, p => Assert.Equal(25, p.Number("total")));
        Assert.Equal([7, .. Enumerable.Range(1, 25).Reverse().Where(n => n != 7)], pages.SelectMany(Customers));
    }

    [Fact]
    public async Task Nothing_is_lost_or_doubled_while_new_messages_arrive()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await WriteAsync(workspace, Enumerable.Range(1, 25));
        await using var list = await workspace.OpenListAsync(workspace.Owner);
        var (shown, news) = (new List<int>(), new List<JsonElement>());

        string? page = null;
        foreach (var arriving in new int[][] { [3, 26], [25, 11], [] })
        {
            await list.SendAsync(new { type = "get_conversations", limit = 10, page });
            var answer = await list.NextAsync("conversations_list");
            shown.AddRange(Customers(answer));
            page = answer.Text("next_page");
            await WriteAsync(workspace, arriving);
            news.AddRange(await list.DrainAsync());
        }

        Assert.Null(page);
        Assert.Equal(shown.Distinct(), shown);
        var heard = news.Where(f => f.IsA("new_customer_message")).Select(f => Number(f.At("conversation")));
        Assert.Equal([3, 26, 25, 11], heard);
        Assert.Equal(Enumerable.Range(1, 26), shown.Concat(heard).Distinct().Order());
    }

    [Theory]
    [InlineData("""{"limit":0}""", "limit")]
    [InlineData("""{"limit":501}""", "limit")]
    [InlineData("""{"limit":"10"}""", "limit")]
    [InlineData("""{"limit":1.5}""", "limit")]
    [InlineData("""{"page":""}""", "page")]
    [InlineData("""{"page":"next"}""", "page")]
    [InlineData("""{"page":7}""", "page")]
    [InlineData("""{"filters":[]}""", "filters")]
    [InlineData("""{"filters":{"status":"open"}}""", "filters.status")]
    [InlineData("""{"filters":{"status":1}}""", "filters.status")]
    [InlineData("""{"filters":{"source":1}}""", "filters.source")]
    [InlineData("""{"filters":{"unread_only":"yes"}}""", "filters.unread_only")]
    [InlineData("""{"filters":{"assigned_to":"somebody"}}""", "filters.assigned_to")]
    [InlineData("""{"filters":{"assigned_to":-1}}""", "filters.assigned_to")]
    [InlineData("""{"filters":{"assigned_to":1.5}}""", "filters.assigned_to")]
    [InlineData("""{"filters":{"assigned_to":{}}}""", "filters.assigned_to")]
    [InlineData("""{"filters":{"tag":[]}}""", "filters.tag")]
    [InlineData("""{"filters":{"search":5}}""", "filters.search")]
    public async Task What_cant_be_meant_is_an_invalid_field(string fields, string field)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await using var list = await workspace.OpenListAsync(workspace.Owner);

        foreach (var type in new[] { "get_conversations", "refresh_conversations" })
        {
            await list.SendTextAsync(fields.Insert(1, $"\"type\":\"{type}\","));

            var error = await list.NextAsync();
            Assert.Equal(("invalid_field", field, type), (error.Text("code"), error.Text("field"), error.Text("request_type")));
            Assert.Equal($"Invalid value for field '{field}'", error.Text("error"));
        }
    }

    [Fact]
    public async Task A_limit_of_1_and_of_500_is_taken()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await WriteAsync(workspace, [1, 2]);
        await using var list = await workspace.OpenListAsync(workspace.Owner);

        await list.SendAsync(new { type = "get_conversations", limit = 1 });
        var one = await list.NextAsync();
        await list.SendAsync(new { type = "get_conversations", limit = 500 });
        var all = await list.NextAsync();

        Assert.Equal([2], Customers(one));
        Assert.Equal([2, 1], Customers(all));
    }

    private static IEnumerable<int> Customers(JsonElement page) => page.At("conversations").EnumerateArray().Select(Number);

    private static int Number(JsonElement conversation) => int.Parse(conversation.Text("customer.last_name")!, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task WriteAsync(TestWorkspace workspace, IEnumerable<int> customers)
    {
        foreach (var customer in customers)
        {
            await workspace.WriteAsync($"{customer}", "Hello");
        }
    }
}
