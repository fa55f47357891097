using System.Net;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Customers;

public sealed class ChangingManyCustomers(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task Tags_are_put_on_those_who_are_named()
    {
        var desk = await CustomerDesk.OpenAsync(server);
        var (ali, mina, sara) = (await desk.MeetAsync("ali"), await desk.MeetAsync("mina"), await desk.MeetAsync("sara"));
        await desk.PatchAsync(mina, new { tags = new[] { "vip" } });
        await using var list = await desk.Workspace.OpenListAsync(desk.Owner);

        var counts = await desk.OkAsync(
            HttpMethod.Post, "/bulk", new { ids = new[] { ali.Id, mina.Id, mina.Id, 999_999_999 }, action = "add_tags", tags = new[] { "vip" } }, desk.Agent);

        Assert.Equal("""{"matched":2,"changed":1,"unchanged":1,"refused":0,"not_found":1}""", counts.GetRawText());
        Assert.Equal("[\"vip\"] [\"vip\"] []", string.Join(' ', (await TagsAsync(desk, ali)), await TagsAsync(desk, mina), await TagsAsync(desk, sara)));
        await list.NextCustomerNewsAsync(ali.Conversation);
    }

    [Fact]
    public async Task Or_taken_off_all_who_match()
    {
        var desk = await CustomerDesk.OpenAsync(server);
        await Crowd.GatherAsync(server, desk.Workspace, 350);
        Assert.Equal(350, (await desk.OkAsync(HttpMethod.Post, "/bulk", new { filters = new { search = "crowd" }, action = "add_tags", tags = new[] { "a", "b" } })).Number("changed"));

        var counts = await desk.OkAsync(HttpMethod.Post, "/bulk", new { filters = new { tag = new[] { "a" } }, action = "remove_tags", tags = new[] { "a", "unknown" } });

        Assert.Equal((350, 350), (counts.Number("matched"), counts.Number("changed")));
        Assert.Equal(0, (await desk.OkAsync(HttpMethod.Get, "?tag=a&include_total=true")).Number("total"));
        Assert.Equal(350, (await desk.OkAsync(HttpMethod.Get, "?tag=b&include_total=true")).Number("total"));
    }

    [Fact]
    public async Task A_tag_tells_how_many_customers_have_it()
    {
        var desk = await CustomerDesk.OpenAsync(server);
        var (ali, mina) = (await desk.MeetAsync("ali"), await desk.MeetAsync("mina"));
        await desk.OkAsync(HttpMethod.Post, "/bulk", new { ids = new[] { ali.Id, mina.Id }, action = "add_tags", tags = new[] { "vip" } });
        await desk.OkAsync(HttpMethod.Post, $"/{mina.Id}/merge", new { into = ali.Id });

        using var tags = await server.GetAsync("/api/v1/tags", desk.Owner.Token);

        Assert.Equal(1, (await tags.JsonAsync()).Number("items.0.customers"));
    }

    [Fact]
    public async Task An_administrator_erases_them()
    {
        var desk = await CustomerDesk.OpenAsync(server);
        var (ali, mina) = (await desk.MeetAsync("ali"), await desk.MeetAsync("mina"));
        var body = new { ids = new[] { ali.Id }, action = "delete" };

        await desk.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", HttpMethod.Post, "/bulk", body, desk.Agent);
        var counts = await desk.OkAsync(HttpMethod.Post, "/bulk", body);

        Assert.Equal(1, counts.Number("changed"));
        await desk.RefusedAsync(HttpStatusCode.NotFound, "customer_not_found", HttpMethod.Get, $"/{ali.Id}");
        await desk.ShowAsync(mina);
    }

    [Theory]
    [InlineData("""{"action":"add_tags","tags":["a"]}""", "filters")]
    [InlineData("""{"ids":[],"action":"add_tags","tags":["a"]}""", "ids")]
    [InlineData("""{"filters":{},"action":"delete"}""", "filters")]
    [InlineData("""{"filters":{"tag":[]},"action":"delete"}""", "filters")]
    [InlineData("""{"ids":[1],"filters":{"search":"a"},"action":"delete"}""", "filters")]
    [InlineData("""{"filters":{"source":"fax"},"action":"delete"}""", "filters.source")]
    [InlineData("""{"ids":[1],"action":"sell"}""", "action")]
    [InlineData("""{"ids":[1]}""", "action")]
    [InlineData("""{"ids":[1],"action":"add_tags"}""", "tags")]
    [InlineData("""{"ids":[1],"action":"remove_tags","tags":[]}""", "tags")]
    [InlineData("""{"ids":["x"],"action":"delete"}""", "ids")]
    public async Task Nobody_is_never_everybody(string body, string field)
    {
        var desk = await CustomerDesk.OpenAsync(server);
        await desk.MeetAsync("ali");
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        var problem = await desk.RefusedAsync(HttpStatusCode.BadRequest, "invalid_field", HttpMethod.Post, "/bulk", content);

        Assert.StartsWith(field, problem.At("errors").Names(), StringComparison.Ordinal);
        Assert.Equal(1, (await desk.OkAsync(HttpMethod.Get, "?include_total=true")).Number("total"));
    }

    private static async Task<string> TagsAsync(CustomerDesk desk, KnownCustomer customer) => (await desk.ShowAsync(customer)).At("tags").GetRawText();
}
