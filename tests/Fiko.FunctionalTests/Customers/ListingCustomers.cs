using System.Net;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Customers;

public sealed class ListingCustomers(FikoServer server) : IClassFixture<FikoServer>
{
    private static readonly string Today = $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}";

    [Theory]
    [InlineData("", "ali mina sara")]
    [InlineData("search=MIN", "mina")]
    [InlineData("search=customer%20sara", "sara")]
    [InlineData("search=ali%40example", "ali")]
    [InlineData("search=0912", "sara")]
    [InlineData("search=%25", "")]
    [InlineData("search=_li", "")]
    [InlineData("source=api", "ali mina sara")]
    [InlineData("source=telegram", "")]
    [InlineData("tag=vip", "ali sara")]
    [InlineData("tag=vip&tag=new", "ali")]
    [InlineData("tag=unknown", "")]
    [InlineData("has_unread=true", "mina sara")]
    [InlineData("has_unread=false", "ali")]
    [InlineData("has_email=true", "ali")]
    [InlineData("has_email=false", "mina sara")]
    [InlineData("has_phone=true", "sara")]
    [InlineData("has_phone=false", "ali mina")]
    [InlineData("blocked=true", "mina")]
    [InlineData("blocked=false", "ali sara")]
    [InlineData("created_from=TODAY", "ali mina sara")]
    [InlineData("created_to=TODAY", "ali mina sara")]
    [InlineData("created_to=2020-01-01", "")]
    [InlineData("last_activity_from=2999-01-01T00:00:00Z", "")]
    [InlineData("last_activity_from=TODAY&last_activity_to=TODAY", "ali mina sara")]
    [InlineData("tag=vip&has_email=false&search=sar", "sara")]
    public async Task Only_who_matches_is_listed_and_counted(string filters, string expected)
    {
        var desk = await WithThreeAsync();

        var page = await desk.OkAsync(HttpMethod.Get, $"?include_total=true&sort=name&{filters.Replace("TODAY", Today, StringComparison.Ordinal)}");

        var shown = page.At("items").EnumerateArray().Select(c => c.Text("last_name")).ToList();
        Assert.Equal(expected, string.Join(' ', shown));
        Assert.Equal(shown.Count, page.Number("total"));
    }

    [Theory]
    [InlineData("source=fax", "source")]
    [InlineData("has_unread=perhaps", "has_unread")]
    [InlineData("has_email=2", "has_email")]
    [InlineData("created_from=yesterday", "created_from")]
    [InlineData("created_to=2026-13-01", "created_to")]
    [InlineData("last_activity_from=1", "last_activity_from")]
    [InlineData("last_activity_to=", "last_activity_to")]
    [InlineData("tag=", "tag")]
    [InlineData("sort=age", "sort")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("cursor=nowhere", "cursor")]
    [InlineData("has_unred=true", "has_unred")]
    public async Task A_wrong_filter_is_said_to_be_one(string query, string field)
    {
        var desk = await CustomerDesk.OpenAsync(server);

        var problem = await desk.RefusedAsync(HttpStatusCode.BadRequest, "invalid_field", HttpMethod.Get, $"?{query}");

        Assert.Equal(field, problem.At("errors").Names());
    }

    [Theory]
    [InlineData("sort=name", "a b c d e")]
    [InlineData("sort=-name", "e d c b a")]
    [InlineData("sort=created_at", "c a e b d")]
    [InlineData("sort=-created_at", "d b e a c")]
    [InlineData("sort=last_activity", "a e b d c")]
    [InlineData("", "c d b e a")]
    public async Task Pages_follow_each_other_in_order(string sort, string expected)
    {
        var desk = await CustomerDesk.OpenAsync(server);
        foreach (var name in (string[])["c", "a", "e", "b", "d", "c"])
        {
            await desk.Workspace.WriteAsync(name, "Hello");
        }

        var seen = new List<string?>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await desk.OkAsync(HttpMethod.Get, $"?limit=2&{sort}{(cursor.Length == 0 ? "" : $"&cursor={cursor}")}");
            seen.AddRange(page.At("items").EnumerateArray().Select(c => c.Text("last_name")));
            cursor = page.Text("next_cursor");
        }

        Assert.Equal(expected, string.Join(' ', seen));
    }

    [Fact]
    public async Task Nobody_of_another_workspace_is_listed()
    {
        var (desk, other) = (await WithThreeAsync(), await CustomerDesk.OpenAsync(server));
        await other.MeetAsync("stranger");

        var page = await other.OkAsync(HttpMethod.Get, "?include_total=true");

        Assert.Equal(1, page.Number("total"));
        Assert.Equal("stranger", page.Text("items.0.last_name"));
        Assert.Equal(3, (await desk.OkAsync(HttpMethod.Get, "?include_total=true")).Number("total"));
    }

    [Fact]
    public async Task Without_a_token_nothing_is_shown()
    {
        using var answer = await server.GetAsync("/api/v1/customers");

        await answer.ProblemAsync(HttpStatusCode.Unauthorized, "auth_required");
    }

    private async Task<CustomerDesk> WithThreeAsync()
    {
        var desk = await CustomerDesk.OpenAsync(server);
        var (ali, mina, sara) = (await desk.MeetAsync("ali"), await desk.MeetAsync("mina"), await desk.MeetAsync("sara"));
        await desk.PatchAsync(ali, new { email = "ali@example.com", tags = new[] { "vip", "new" } });
        await desk.PatchAsync(sara, new { phone_number = "۰۹۱۲ 345 67 89", tags = new[] { "vip" } });
        await desk.PatchAsync(mina, new { blocked = true });
        await desk.ReadAsync(ali);
        return desk;
    }
}
