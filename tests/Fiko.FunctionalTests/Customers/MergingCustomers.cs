using System.Net;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Customers;

public sealed class MergingCustomers(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task Two_accounts_become_one_customer_and_open_sockets_see_it()
    {
        var (desk, work, home) = await MeetBothAsync();
        await using var list = await desk.Workspace.OpenListAsync(desk.Owner);

        var merge = await desk.OkAsync(HttpMethod.Post, $"/{home.Id}/merge", new { into = work.Id }, desk.Agent);

        Assert.Equal((home.Id, work.Id, desk.Agent.Id), (merge.Number("customer_id"), merge.Number("into"), merge.Number("merged_by")));
        Assert.Equal("""{"conversations":1,"addresses":1,"notes":1,"tags":1,"attributes":1}""", merge.At("moved").GetRawText());
        var one = await desk.ShowAsync(work);
        Assert.Equal([home.Conversation, work.Conversation], one.At("conversations").EnumerateArray().Select(c => c.Text("id")).OrderDescending());
        Assert.Equal(["home", "work"], one.At("addresses").EnumerateArray().Select(a => a.Text("address")).Order());
        Assert.Equal(("""["both","home","work"]""", """{"plan":"gold","city":"Qom"}"""), (one.At("tags").GetRawText(), one.At("attributes").GetRawText()));
        Assert.Equal(("work@x", "777", 2), (one.Text("email"), one.Text("phone_number"), one.Number("notes_count")));
        Assert.Equal(work.Id, (await list.NextCustomerNewsAsync(home.Conversation)).Number("conversation.customer.id"));
        var gone = await desk.RefusedAsync(HttpStatusCode.NotFound, "customer_not_found", HttpMethod.Get, $"/{home.Id}");
        Assert.Equal(work.Id, gone.Number("merged_into"));
        Assert.Equal(1, (await desk.OkAsync(HttpMethod.Get, "?include_total=true")).Number("total"));
    }

    [Fact]
    public async Task Later_messages_of_either_account_come_to_the_one_and_do_not_rename_it()
    {
        var (desk, work, home) = await MeetBothAsync();
        await desk.OkAsync(HttpMethod.Post, $"/{home.Id}/merge", new { into = work.Id });

        await desk.Workspace.WriteAsync("home", "From home", firstName: "Private");
        await desk.Workspace.WriteAsync("work", "From work", firstName: "Official");

        var one = await desk.ShowAsync(work);
        Assert.Equal("Official", one.Text("first_name"));
        Assert.Equal(2, one.At("conversations").GetArrayLength());
        Assert.Equal(["From home", "From work"], one.At("conversations").EnumerateArray().Select(c => c.Text("last_message.content")).Order());
        await Closing.CloseAsync(server, home.Conversation);
        await desk.Workspace.WriteAsync("home", "Once more");
        Assert.Equal(["active", "active"], (await desk.ShowAsync(work)).At("conversations").EnumerateArray().Select(c => c.Text("status")));
    }

    [Fact]
    public async Task Undoing_it_gives_back_what_each_had()
    {
        var (desk, work, home) = await MeetBothAsync();
        var before = (await desk.ShowAsync(work), await desk.ShowAsync(home));
        var merge = (await desk.OkAsync(HttpMethod.Post, $"/{home.Id}/merge", new { into = work.Id })).Number("id");
        await using var list = await desk.Workspace.OpenListAsync(desk.Owner);

        var undone = await desk.OkAsync(HttpMethod.Post, $"/merges/{merge}/undo", by: desk.Agent);

        Assert.Equal(desk.Agent.Id, undone.Number("undone_by"));
        Assert.Equal(before.Item1.GetRawText(), (await desk.ShowAsync(work)).GetRawText());
        Assert.Equal(before.Item2.GetRawText(), (await desk.ShowAsync(home)).GetRawText());
        Assert.Equal(home.Id, (await list.NextCustomerNewsAsync(home.Conversation)).Number("conversation.customer.id"));
        await desk.Workspace.WriteAsync("home", "Mine again", firstName: "Private");
        Assert.Equal("Private", (await desk.ShowAsync(home)).Text("first_name"));
        await desk.RefusedAsync(HttpStatusCode.Conflict, "merge_undone", HttpMethod.Post, $"/merges/{merge}/undo");
    }

    [Fact]
    public async Task What_was_changed_since_the_merge_stays_as_it_is()
    {
        var (desk, work, home) = await MeetBothAsync();
        var merge = (await desk.OkAsync(HttpMethod.Post, $"/{home.Id}/merge", new { into = work.Id })).Number("id");
        await desk.PatchAsync(work, new { phone_number = "888", attributes = new { city = "Yazd" }, tags = new[] { "later", "home" } });

        await desk.OkAsync(HttpMethod.Post, $"/merges/{merge}/undo");

        var (ours, theirs) = (await desk.ShowAsync(work), await desk.ShowAsync(home));
        Assert.Equal(("888", "Yazd", """["later"]"""), (ours.Text("phone_number"), ours.Text("attributes.city"), ours.At("tags").GetRawText()));
        Assert.Equal(("777", "Qom", """["both","home"]"""), (theirs.Text("phone_number"), theirs.Text("attributes.city"), theirs.At("tags").GetRawText()));
    }

    [Fact]
    public async Task Merges_are_listed_and_undone_in_the_order_that_they_allow()
    {
        var (desk, work, home) = await MeetBothAsync();
        var third = await desk.MeetAsync("third");
        var first = (await desk.OkAsync(HttpMethod.Post, $"/{home.Id}/merge", new { into = work.Id })).Number("id");
        var second = (await desk.OkAsync(HttpMethod.Post, $"/{work.Id}/merge", new { into = third.Id })).Number("id");

        var refused = await desk.RefusedAsync(HttpStatusCode.Conflict, "merged_further", HttpMethod.Post, $"/merges/{first}/undo");
        Assert.Equal(third.Id, refused.Number("merged_into"));
        Assert.Equal(3, (await desk.ShowAsync(third)).At("conversations").GetArrayLength());
        await desk.OkAsync(HttpMethod.Post, $"/merges/{second}/undo");
        var listed = await desk.OkAsync(HttpMethod.Get, $"/{work.Id}/merges?include_total=true");
        await desk.OkAsync(HttpMethod.Post, $"/merges/{first}/undo");

        Assert.Equal([second, first], listed.At("items").EnumerateArray().Select(m => m.Number("id")));
        Assert.Equal(home.Conversation, (await desk.ShowAsync(home)).Text("conversations.0.id"));
        Assert.Equal(work.Conversation, (await desk.ShowAsync(work)).Text("conversations.0.id"));
        Assert.Equal(third.Conversation, (await desk.ShowAsync(third)).Text("conversations.0.id"));
    }

    [Fact]
    public async Task Of_two_merges_of_the_same_two_one_wins_and_no_message_is_lost()
    {
        var (desk, work, home) = await MeetBothAsync();

        var writing = Enumerable.Range(0, 20).Select(n => desk.Workspace.WriteAsync(n % 2 == 0 ? "work" : "home", $"m{n}"));
        var merging = new[] { (home, work), (work, home), (home, work), (work, home) }.Select(async pair =>
        {
            using var answer = await desk.CallAsync(HttpMethod.Post, $"/{pair.Item1.Id}/merge", new { into = pair.Item2.Id });
            return answer.StatusCode;
        });
        var both = (Merges: Task.WhenAll(merging.ToList()), Messages: Task.WhenAll(writing.ToList()));

        Assert.Single(await both.Merges, s => s is HttpStatusCode.OK);
        Assert.All(await both.Messages, s => Assert.Equal(HttpStatusCode.Accepted, s));
        var page = await desk.OkAsync(HttpMethod.Get, "?include_total=true");
        Assert.Equal(1, page.Number("total"));
        var one = await desk.OkAsync(HttpMethod.Get, $"/{page.Number("items.0.id")}");
        Assert.Equal(22, one.At("conversations").EnumerateArray().Sum(c => c.Number("last_seq")));
    }

    [Theory]
    [InlineData("{}", HttpStatusCode.BadRequest, "invalid_field")]
    [InlineData("""{"into":SELF}""", HttpStatusCode.BadRequest, "invalid_field")]
    [InlineData("""{"into":"x"}""", HttpStatusCode.BadRequest, "invalid_field")]
    [InlineData("""{"into":999999999}""", HttpStatusCode.NotFound, "customer_not_found")]
    public async Task Nobody_is_merged_with_themselves_or_with_nobody(string body, HttpStatusCode status, string code)
    {
        var desk = await CustomerDesk.OpenAsync(server);
        var ali = await desk.MeetAsync("ali");
        using var content = new StringContent(body.Replace("SELF", $"{ali.Id}", StringComparison.Ordinal), System.Text.Encoding.UTF8, "application/json");

        var problem = await desk.RefusedAsync(status, code, HttpMethod.Post, $"/{ali.Id}/merge", content);

        Assert.Equal("into", problem.At("errors").Names());
    }

    [Fact]
    public async Task Another_workspaces_merge_does_not_exist()
    {
        var (desk, work, home) = await MeetBothAsync();
        var merge = (await desk.OkAsync(HttpMethod.Post, $"/{home.Id}/merge", new { into = work.Id })).Number("id");
        var stranger = await CustomerDesk.OpenAsync(server);
        var before = await DatabaseRows.ReadAsync(server);

        await stranger.RefusedAsync(HttpStatusCode.NotFound, "merge_not_found", HttpMethod.Post, $"/merges/{merge}/undo");

        Assert.Equal(before, await DatabaseRows.ReadAsync(server));
    }

    private async Task<(CustomerDesk Desk, KnownCustomer Work, KnownCustomer Home)> MeetBothAsync()
    {
        var desk = await CustomerDesk.OpenAsync(server);
        var (work, home) = (await desk.MeetAsync("work"), await desk.MeetAsync("home"));
        await desk.PatchAsync(work, new { email = "work@x", tags = new[] { "work", "both" }, attributes = new { plan = "gold" } });
        await desk.PatchAsync(home, new { email = "home@x", phone_number = "777", tags = new[] { "home", "both" }, attributes = new { plan = "free", city = "Qom" } });
        await desk.OkAsync(HttpMethod.Post, $"/{work.Id}/notes", new { text = "At work" });
        await desk.OkAsync(HttpMethod.Post, $"/{home.Id}/notes", new { text = "At home" });
        return (desk, work, home);
    }
}
