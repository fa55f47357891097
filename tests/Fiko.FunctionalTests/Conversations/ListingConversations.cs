using System.Net;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Conversations;

public sealed class ListingConversations(FikoServer server) : IClassFixture<FikoServer>
{
    [Theory]
    [InlineData("", "closed mine urgent")]
    [InlineData("status=closed", "closed")]
    [InlineData("status=pending", "")]
    [InlineData("source=api", "closed mine urgent")]
    [InlineData("source=telegram", "")]
    [InlineData("assigned_to=me", "mine")]
    [InlineData("assigned_to=none", "closed urgent")]
    [InlineData("assigned_to=OWNER", "mine")]
    [InlineData("tag=vip", "mine urgent")]
    [InlineData("tag=VIP", "")]
    [InlineData("priority=4", "urgent")]
    [InlineData("unread_only=true", "closed mine")]
    [InlineData("search=ur", "urgent")]
    [InlineData("customer_id=CUSTOMER", "urgent")]
    [InlineData("created_from=2020-01-01&created_to=2999-01-01", "closed mine urgent")]
    [InlineData("created_to=2020-01-01T00:00:00Z", "")]
    [InlineData("created_from=2999-01-01T00:00:00%2B03:30", "")]
    [InlineData("tag=vip&assigned_to=none", "urgent")]
    public async Task Only_what_matches_is_listed_and_counted(string query, string expected)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var urgent = await TellAsync(workspace);
        var customer = (await server.ShowAsync(workspace.Owner, urgent)).Number("customer.id");
        query = query.Replace("OWNER", $"{workspace.Owner.Id}", StringComparison.Ordinal).Replace("CUSTOMER", $"{customer}", StringComparison.Ordinal);

        var page = await server.DoAsync(workspace.Owner, HttpMethod.Get, $"conversations?{query}&include_total=true");

        var shown = page.At("items").EnumerateArray().Select(c => c.Text("customer.last_name")).Order().ToList();
        Assert.Equal(expected, string.Join(' ', shown));
        Assert.Equal(shown.Count, page.Number("total"));
    }

    [Theory]
    [InlineData("status=open", "status")]
    [InlineData("source=pigeon", "source")]
    [InlineData("assigned_to=sara", "assigned_to")]
    [InlineData("assigned_to=-1", "assigned_to")]
    [InlineData("priority=5", "priority")]
    [InlineData("priority=high", "priority")]
    [InlineData("customer_id=sara", "customer_id")]
    [InlineData("created_from=yesterday", "created_from")]
    [InlineData("created_to=2024-13-01", "created_to")]
    [InlineData("unread_only=perhaps", "unread_only")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("sort=colour", "sort")]
    [InlineData("cursor=nonsense", "cursor")]
    [InlineData("state=open", "state")]
    public async Task A_wrong_filter_is_a_mistake_and_no_empty_list(string query, string field)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);

        await server.AskAsync(workspace.Owner, HttpMethod.Get, $"conversations?{query}").IsRefusedAsync(HttpStatusCode.BadRequest, "invalid_field", field);
    }

    [Theory]
    [InlineData("updated_at", "closed urgent mine")]
    [InlineData("-updated_at", "mine urgent closed")]
    [InlineData("created_at", "closed mine urgent")]
    [InlineData("-created_at", "urgent mine closed")]
    [InlineData("-priority", "urgent mine closed")]
    public async Task Pages_follow_each_other_in_the_order_that_is_asked_for(string sort, string expected)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await TellAsync(workspace);
        await workspace.WriteAsync("mine", "And another thing");
        var seen = new List<string?>();
        string? cursor = null;

        do
        {
            var page = await server.DoAsync(workspace.Owner, HttpMethod.Get, $"conversations?limit=1&sort={sort}{(cursor is null ? "" : $"&cursor={cursor}")}");
            seen.Add(page.Text("items.0.customer.last_name"));
            cursor = page.Text("next_cursor");
        }
        while (cursor is not null);

        Assert.Equal(expected, string.Join(' ', seen));
    }

    [Fact]
    public async Task Nobody_sees_another_workspaces()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var stranger = await TestWorkspace.CreateAsync(server, agents: 1);
        await TellAsync(workspace);

        Assert.Empty((await server.DoAsync(stranger.Owner, HttpMethod.Get, "conversations")).At("items").EnumerateArray());
        Assert.Empty((await server.DoAsync(stranger.Owner, HttpMethod.Get, "conversations?tag=vip")).At("items").EnumerateArray());
    }

    private async Task<string> TellAsync(TestWorkspace workspace)
    {
        var closed = await workspace.BeginAsync("closed");
        var mine = await workspace.BeginAsync("mine");
        var urgent = await workspace.BeginAsync("urgent");
        await server.PatchAsync(workspace.Owner, closed, new { status = "closed", priority = 1 });
        await server.PatchAsync(workspace.Owner, mine, new { assigned_to = workspace.Owner.Id, tags = new[] { "vip", "old" } });
        await server.PatchAsync(workspace.Owner, urgent, new { priority = 4, tags = new[] { "vip" } });
        await server.DoAsync(workspace.Owner, HttpMethod.Post, $"conversations/{urgent}/read");
        return urgent;
    }
}
