using System.Net;
using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Customers;

public sealed class EditingACustomer(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task Everything_about_a_customer_is_shown()
    {
        var desk = await CustomerDesk.OpenAsync(server);
        var ali = await desk.MeetAsync("ali");

        var shown = await desk.ShowAsync(ali);

        Assert.Equal(
            "id first_name last_name username source avatar_url email phone_number description tags attributes blocked has_unread created_at last_activity_at conversations notes_count addresses".Split(' ').Order(),
            shown.Names().Split(' ').Order());
        Assert.Equal(("Customer", "ali", "api", true, 0), (shown.Text("first_name"), shown.Text("last_name"), shown.Text("source"), shown.At("has_unread").GetBoolean(), shown.Number("notes_count")));
        Assert.Equal(ali.Conversation, shown.Text("conversations.0.id"));
        Assert.Equal((desk.Workspace.ChannelId, "api", "ali"), (shown.Number("addresses.0.channel_id"), shown.Text("addresses.0.source"), shown.Text("addresses.0.address")));
    }

    [Fact]
    public async Task An_agent_edits_what_is_known_and_open_sockets_see_it()
    {
        var desk = await CustomerDesk.OpenAsync(server);
        var ali = await desk.MeetAsync("ali");
        await using var list = await desk.Workspace.OpenListAsync(desk.Owner);

        var edited = await desk.OkAsync(
            HttpMethod.Patch,
            $"/{ali.Id}",
            new
            {
                first_name = " علی ",
                last_name = "کریمی",
                email = "ali@example.com",
                phone_number = "+۹۸ (912) 345-6789",
                description = "Writes at night",
                tags = new[] { "vip", "vip", " تهران " },
                attributes = new Dictionary<string, object> { ["plan"] = "gold", ["age"] = 41.5, ["trial"] = false },
                blocked = false,
            },
            desk.Agent);

        Assert.Equal("علی کریمی", $"{edited.Text("first_name")} {edited.Text("last_name")}");
        Assert.Equal(("ali@example.com", "+98 (912) 345-6789", "Writes at night"), (edited.Text("email"), edited.Text("phone_number"), edited.Text("description")));
        Assert.Equal(["vip", "تهران"], edited.At("tags").EnumerateArray().Select(t => t.GetString()));
        Assert.Equal("""{"plan":"gold","age":41.5,"trial":false}""", edited.At("attributes").GetRawText());
        Assert.Equal("علی", (await list.NextCustomerNewsAsync(ali.Conversation)).Text("conversation.customer.first_name"));
        Assert.Equal(edited.GetRawText(), (await desk.ShowAsync(ali)).GetRawText());
    }

    [Fact]
    public async Task A_patch_changes_what_it_names_and_null_takes_away()
    {
        var desk = await CustomerDesk.OpenAsync(server);
        var ali = await desk.MeetAsync("ali");
        await desk.PatchAsync(ali, new { email = "a@b", phone_number = "123", description = "x", tags = new[] { "vip" }, attributes = new { one = 1, two = 2 } });

        var some = await desk.PatchAsync(ali, new { email = (string?)null, attributes = new { one = (int?)null, three = "3" } });
        var none = await desk.PatchAsync(ali, new { last_name = (string?)null, phone_number = "", description = (string?)null, tags = (string[]?)null, attributes = (object?)null });

        Assert.Equal((null, "123", "x"), (some.Text("email"), some.Text("phone_number"), some.Text("description")));
        Assert.Equal("""{"two":2,"three":"3"}""", some.At("attributes").GetRawText());
        Assert.Equal((null, null, ""), (none.Text("phone_number"), none.Text("description"), none.Text("last_name")));
        Assert.Equal("[] {}", $"{none.At("tags").GetRawText()} {none.At("attributes").GetRawText()}");
    }

    [Fact]
    public async Task What_was_named_by_hand_outlives_what_the_platform_says_later()
    {
        var desk = await CustomerDesk.OpenAsync(server);
        var ali = await desk.MeetAsync("ali");
        await desk.PatchAsync(ali, new { first_name = "Customer", email = "a@b" });

        await desk.Workspace.WriteAsync("ali", "It is me", firstName: "Somebody else");

        var shown = await desk.ShowAsync(ali);
        Assert.Equal(("Customer", "ali", "a@b"), (shown.Text("first_name"), shown.Text("last_name"), shown.Text("email")));
    }

    [Fact]
    public async Task Of_two_who_saw_the_same_version_one_is_told()
    {
        var desk = await CustomerDesk.OpenAsync(server);
        var ali = await desk.MeetAsync("ali");
        using var seen = await desk.CallAsync(HttpMethod.Get, $"/{ali.Id}");
        var version = $"{seen.Headers.ETag}";
        await desk.Workspace.WriteAsync("ali", "A message is no edit");

        using var first = await desk.CallAsync(HttpMethod.Patch, $"/{ali.Id}", new { description = "first" }, ifMatch: version);
        await desk.RefusedAsync(HttpStatusCode.PreconditionFailed, "precondition_failed", HttpMethod.Patch, $"/{ali.Id}", new { description = "second" }, ifMatch: version);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.NotEqual(version, $"{first.Headers.ETag}");
        Assert.Equal("first", (await desk.ShowAsync(ali)).Text("description"));
    }

    public static TheoryData<string, string> Mistakes() => new()
    {
        { """{"first_name":"LONG"}""", "first_name" },
        { """{"last_name":7}""", "last_name" },
        { """{"email":"nobody"}""", "email" },
        { """{"email":"a b@c"}""", "email" },
        { """{"phone_number":"12"}""", "phone_number" },
        { """{"phone_number":"call me 123"}""", "phone_number" },
        { """{"description":"LONGLONG"}""", "description" },
        { """{"tags":["",""]}""", "tags" },
        { """{"tags":"vip"}""", "tags" },
        { """{"blocked":"yes"}""", "blocked" },
        { """{"blocked":null}""", "blocked" },
        { """{"attributes":[1]}""", "attributes" },
        { """{"attributes":{"":1}}""", "attributes" },
        { """{"attributes":{"LONG":1}}""", "attributes" },
        { """{"attributes":{"a":{}}}""", "attributes.a" },
        { """{"attributes":{"a":[]}}""", "attributes.a" },
        { """{"attributes":{"a":"LONGLONG"}}""", "attributes.a" },
        { """{"attributes":{"a":"\ud800"}}""", "attributes.a" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_is_named_and_changes_nothing(string patch, string field)
    {
        var desk = await CustomerDesk.OpenAsync(server);
        var ali = await desk.MeetAsync("ali");
        var before = await desk.ShowAsync(ali);
        var body = patch.Replace("LONGLONG", new string('x', 4001), StringComparison.Ordinal).Replace("LONG", new string('x', 201), StringComparison.Ordinal);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        var problem = await desk.RefusedAsync(HttpStatusCode.BadRequest, "invalid_field", HttpMethod.Patch, $"/{ali.Id}", content);

        Assert.Equal(field, problem.At("errors").Names());
        Assert.Equal(before.GetRawText(), (await desk.ShowAsync(ali)).GetRawText());
    }

    [Fact]
    public async Task There_are_no_more_attributes_and_tags_than_anybody_reads()
    {
        var desk = await CustomerDesk.OpenAsync(server);
        var ali = await desk.MeetAsync("ali");

        await desk.RefusedAsync(
            HttpStatusCode.BadRequest, "invalid_field", HttpMethod.Patch, $"/{ali.Id}", new { attributes = Enumerable.Range(0, 51).ToDictionary(n => $"a{n}", n => n) });
        await desk.RefusedAsync(HttpStatusCode.BadRequest, "too_many_tags", HttpMethod.Patch, $"/{ali.Id}", new { tags = Enumerable.Range(0, 21).Select(n => $"t{n}") });
        await desk.PatchAsync(ali, new { attributes = Enumerable.Range(0, 50).ToDictionary(n => $"a{n}", n => n), tags = Enumerable.Range(0, 20).Select(n => $"t{n}") });
    }

    [Fact]
    public async Task Another_workspaces_customer_does_not_exist()
    {
        var (desk, stranger) = (await CustomerDesk.OpenAsync(server), await CustomerDesk.OpenAsync(server));
        var ali = await desk.MeetAsync("ali");
        var note = (await desk.OkAsync(HttpMethod.Post, $"/{ali.Id}/notes", new { text = "Ours" })).Number("id");
        var own = await stranger.MeetAsync("own");
        var before = await DatabaseRows.ReadAsync(server);

        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Get, $"/{ali.Id}", null),
            (HttpMethod.Patch, $"/{ali.Id}", new { first_name = "Mine", tags = new[] { "stolen" } }),
            (HttpMethod.Delete, $"/{ali.Id}", null),
            (HttpMethod.Post, $"/{ali.Id}/merge", new { into = own.Id }),
            (HttpMethod.Post, $"/{own.Id}/merge", new { into = ali.Id }),
            (HttpMethod.Get, $"/{ali.Id}/merges", null),
            (HttpMethod.Get, $"/{ali.Id}/notes", null),
            (HttpMethod.Post, $"/{ali.Id}/notes", new { text = "Mine" }),
            (HttpMethod.Patch, $"/{ali.Id}/notes/{note}", new { text = "Mine" }),
            (HttpMethod.Delete, $"/{ali.Id}/notes/{note}", null),
        })
        {
            await stranger.RefusedAsync(HttpStatusCode.NotFound, "customer_not_found", method, path, body);
        }

        Assert.Equal(0, (await stranger.OkAsync(HttpMethod.Post, "/bulk", new { ids = new[] { ali.Id }, action = "add_tags", tags = new[] { "stolen" } })).Number("matched"));
        Assert.Equal(before, (await DatabaseRows.ReadAsync(server)).Where(row => !row.Contains("stolen", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Edits_at_the_same_time_are_all_kept()
    {
        var desk = await CustomerDesk.OpenAsync(server);
        var ali = await desk.MeetAsync("ali");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => desk.PatchAsync(ali, new { attributes = new Dictionary<string, int> { [$"a{n}"] = n } })));

        Assert.Equal(20, (await desk.ShowAsync(ali)).At("attributes").EnumerateObject().Count());
    }
}
