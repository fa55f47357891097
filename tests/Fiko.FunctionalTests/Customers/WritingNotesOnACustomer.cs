using System.Net;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Customers;

public sealed class WritingNotesOnACustomer(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task Colleagues_read_who_wrote_what_and_when()
    {
        var desk = await CustomerDesk.OpenAsync(server);
        var ali = await desk.MeetAsync("ali");
        await using var list = await desk.Workspace.OpenListAsync(desk.Owner);

        var written = await desk.OkAsync(HttpMethod.Post, $"/{ali.Id}/notes", new { text = " Pays late " }, desk.Agent);
        await desk.OkAsync(HttpMethod.Post, $"/{ali.Id}/notes", new { text = "But pays" });

        Assert.Equal("id text author created_at edited_at", written.Names());
        Assert.Equal(("Pays late", desk.Agent.Id, desk.Agent.Name), (written.Text("text"), written.Number("author.user_id"), written.Text("author.username")));
        await list.NextCustomerNewsAsync(ali.Conversation);
        var page = await desk.OkAsync(HttpMethod.Get, $"/{ali.Id}/notes?limit=1&include_total=true");
        Assert.Equal(("But pays", 2), (page.Text("items.0.text"), page.Number("total")));
        Assert.Equal("Pays late", (await desk.OkAsync(HttpMethod.Get, $"/{ali.Id}/notes?cursor={page.Text("next_cursor")}")).Text("items.0.text"));
        Assert.Equal(2, (await desk.ShowAsync(ali)).Number("notes_count"));
    }

    [Fact]
    public async Task Its_author_corrects_it_and_nobody_else()
    {
        var desk = await CustomerDesk.OpenAsync(server);
        var ali = await desk.MeetAsync("ali");
        using var written = await desk.CallAsync(HttpMethod.Post, $"/{ali.Id}/notes", new { text = "Pays late" }, desk.Agent);
        var path = $"/{ali.Id}/notes/{(await written.JsonAsync()).Number("id")}";

        using var edited = await desk.CallAsync(HttpMethod.Patch, path, new { text = "Pays in time" }, desk.Agent, $"{written.Headers.ETag}");
        await desk.RefusedAsync(HttpStatusCode.PreconditionFailed, "precondition_failed", HttpMethod.Patch, path, new { text = "Never" }, desk.Agent, $"{written.Headers.ETag}");
        await desk.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", HttpMethod.Patch, path, new { text = "Never" }, desk.Owner);

        Assert.Equal("Pays in time", (await edited.JsonAsync()).Text("text"));
        Assert.NotNull((await desk.OkAsync(HttpMethod.Get, $"/{ali.Id}/notes")).Text("items.0.edited_at"));
    }

    [Fact]
    public async Task Its_author_or_an_administrator_removes_it()
    {
        var desk = await CustomerDesk.OpenAsync(server);
        var ali = await desk.MeetAsync("ali");
        var owners = (await desk.OkAsync(HttpMethod.Post, $"/{ali.Id}/notes", new { text = "One" })).Number("id");
        var agents = (await desk.OkAsync(HttpMethod.Post, $"/{ali.Id}/notes", new { text = "Two" }, desk.Agent)).Number("id");

        await desk.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", HttpMethod.Delete, $"/{ali.Id}/notes/{owners}", by: desk.Agent);
        using var removed = await desk.CallAsync(HttpMethod.Delete, $"/{ali.Id}/notes/{agents}");
        await desk.RefusedAsync(HttpStatusCode.NotFound, "note_not_found", HttpMethod.Delete, $"/{ali.Id}/notes/{agents}");

        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal(1, (await desk.ShowAsync(ali)).Number("notes_count"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4001)]
    public async Task A_note_says_something_and_not_too_much(int length)
    {
        var desk = await CustomerDesk.OpenAsync(server);
        var ali = await desk.MeetAsync("ali");

        var problem = await desk.RefusedAsync(HttpStatusCode.BadRequest, "invalid_field", HttpMethod.Post, $"/{ali.Id}/notes", new { text = new string('x', length) });

        Assert.Equal("text", problem.At("errors").Names());
    }
}
