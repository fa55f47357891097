using System.Net;
using System.Text.Json;
using Fiko.FunctionalTests.Events;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Webhooks;

public sealed class SubscribingAWebhook(EagerServer server) : IClassFixture<EagerServer>, IAsyncLifetime
{
    private WebhookReceiver _receiver = null!;
    private TestWorkspace _workspace = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        _workspace = await TestWorkspace.CreateAsync(server);
    }

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task It_is_made_with_a_secret_that_is_shown_once()
    {
        var made = await CreateAsync(new { url = _receiver.Url, events = (string[])["message_received"], description = " For the shop " });
        var shown = await server.GetAsync(made.Headers.Location!.ToString(), _workspace.Owner.Token);
        var list = await server.GetAsync("/api/v1/webhooks?include_total=true", _workspace.Owner.Token);

        var (created, listed) = (await made.JsonAsync(), await list.JsonAsync());
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal(
            "id url events description is_active disabled_reason cursor old_secret_until created_at updated_at secret", created.Names());
        Assert.StartsWith("whsec_", created.Text("secret"), StringComparison.Ordinal);
        Assert.Equal((_receiver.Url.ToString(), "For the shop", true), (created.Text("url"), created.Text("description"), created.At("is_active").GetBoolean()));
        Assert.Equal("""["message_received"]""", created.At("events").GetRawText());
        Assert.True(made.Headers.CacheControl!.NoStore);
        Assert.NotNull(shown.Headers.ETag);
        Assert.DoesNotContain("whsec_", await shown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_", listed.GetRawText(), StringComparison.Ordinal);
        Assert.Equal((1, created.Number("id")), (listed.Number("total"), listed.Number("items.0.id")));
    }

    [Theory]
    [InlineData("""{}""", "url")]
    [InlineData("""{"url": ""}""", "url")]
    [InlineData("""{"url": "shop.example/hook"}""", "url")]
    [InlineData("""{"url": "ftp://shop.example/"}""", "url")]
    [InlineData("""{"url": "https://user:pass@shop.example/"}""", "url")]
    [InlineData("""{"url": "https://@shop.example/"}""", "url")]
    [InlineData("""{"url": "https://shop.example/#part"}""", "url")]
    [InlineData("""{"url": "https://shop.example/ a"}""", "url")]
    [InlineData("""{"url": "https://no-such-host.invalid/"}""", "url")]
    [InlineData("""{"url": 5}""", "url")]
    [InlineData("""{"url": "http://127.0.0.1/", "events": []}""", "events")]
    [InlineData("""{"url": "http://127.0.0.1/", "events": ["message_recieved"]}""", "events")]
    [InlineData("""{"url": "http://127.0.0.1/", "events": ["message_received", "message_received"]}""", "events")]
    [InlineData("""{"url": "http://127.0.0.1/", "events": [null]}""", "events")]
    [InlineData("""{"url": "http://127.0.0.1/", "events": "all"}""", "events")]
    [InlineData("""{"url": "http://127.0.0.1/", "is_active": "yes"}""", "is_active")]
    public async Task What_can_not_be_understood_is_refused_by_name(string body, string field)
    {
        using var answer = await server.CallAsync(HttpMethod.Post, "/api/v1/webhooks", new StringContent(body, null, "application/json"), _workspace.Owner.Token);

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_field");
        Assert.Equal(field, problem.At("errors").Names());
    }

    [Fact]
    public async Task Longer_than_agreed_is_refused()
    {
        using var url = await CreateAsync(new { url = $"{_receiver.Url}{new string('a', 2000)}" });
        using var description = await CreateAsync(new { url = _receiver.Url, description = new string('a', 501) });

        Assert.Equal("url", (await url.ProblemAsync(HttpStatusCode.BadRequest, "invalid_field")).At("errors").Names());
        Assert.Equal("description", (await description.ProblemAsync(HttpStatusCode.BadRequest, "invalid_field")).At("errors").Names());
    }

    [Fact]
    public async Task What_is_changed_is_changed_and_the_rest_stays()
    {
        var webhook = await Subscriber.CreateAsync(server, _workspace.Owner, _receiver, "message_received");

        await webhook.ChangeAsync(new { events = (string[]?)null, is_active = false });
        var changed = await webhook.ReadAsync();
        await webhook.ChangeAsync(new { description = (string?)null });
        var unnamed = await webhook.ReadAsync();

        Assert.Equal((JsonValueKind.Null, false), (changed.At("events").ValueKind, changed.At("is_active").GetBoolean()));
        Assert.Equal((_receiver.Url.ToString(), "A test's"), (changed.Text("url"), changed.Text("description")));
        Assert.Equal("", unnamed.Text("description"));
    }

    [Theory]
    [InlineData("""{"url": null}""", "url")]
    [InlineData("""{"url": "gopher://x"}""", "url")]
    [InlineData("""{"events": []}""", "events")]
    [InlineData("""{"is_active": null}""", "is_active")]
    public async Task A_bad_change_changes_nothing(string patch, string field)
    {
        var webhook = await Subscriber.CreateAsync(server, _workspace.Owner, _receiver);
        var before = await webhook.ReadAsync();

        using var answer = await server.CallAsync(HttpMethod.Patch, webhook.Path, new StringContent(patch, null, "application/json"), _workspace.Owner.Token);

        Assert.Equal(field, (await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_field")).At("errors").Names());
        Assert.Equal(before.GetRawText(), (await webhook.ReadAsync()).GetRawText());
    }

    [Fact]
    public async Task A_change_is_bound_to_what_was_seen()
    {
        var webhook = await Subscriber.CreateAsync(server, _workspace.Owner, _receiver);
        using var seen = await server.GetAsync(webhook.Path, _workspace.Owner.Token);
        await _workspace.BeginAsync("negar");
        await _receiver.TookAsync(1);

        using var first = await PatchAsync(webhook, seen.Headers.ETag!.ToString());
        using var second = await PatchAsync(webhook, seen.Headers.ETag!.ToString());

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        await second.ProblemAsync(HttpStatusCode.PreconditionFailed, "precondition_failed");
    }

    [Fact]
    public async Task Taken_away_it_is_gone_and_hears_nothing_more()
    {
        var webhook = await Subscriber.CreateAsync(server, _workspace.Owner, _receiver);
        var other = await Subscriber.CreateAsync(server, _workspace.Owner, _receiver);

        var removed = await webhook.CallAsync(HttpMethod.Delete);
        await _workspace.BeginAsync("negar");
        await other.NewestAsync("delivered");

        Assert.Equal(HttpStatusCode.NoContent, removed.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await webhook.CallAsync(HttpMethod.Get)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await webhook.CallAsync(HttpMethod.Delete)).Status);
        Assert.Single(_receiver.Calls);
    }

    [Fact]
    public async Task A_workspace_has_so_many_and_no_more()
    {
        var most = 20;
        for (var n = 0; n < most; n++)
        {
            await Subscriber.CreateAsync(server, _workspace.Owner, _receiver);
        }

        using var refused = await CreateAsync(new { url = _receiver.Url });

        await refused.ProblemAsync(HttpStatusCode.Conflict, "too_many_webhooks");
    }

    [Fact]
    public async Task Of_another_workspace_nothing_is_there_and_nothing_changes()
    {
        var webhook = await Subscriber.CreateAsync(server, _workspace.Owner, _receiver);
        await _workspace.BeginAsync("negar");
        var delivery = (await webhook.NewestAsync("delivered")).Number("id");
        var before = await SnapshotAsync(webhook);
        var stranger = (await TestWorkspace.CreateAsync(server)).Owner;

        foreach (var (method, path, body) in Calls(delivery))
        {
            using var answer = await server.CallAsync(method, webhook.Path + path, body, stranger.Token);
            Assert.Equal("webhook_not_found", (await answer.ProblemAsync(HttpStatusCode.NotFound, "webhook_not_found")).Text("code"));
        }

        var own = await Subscriber.CreateAsync(server, stranger, _receiver);
        foreach (var path in (string[])["", "/replay"])
        {
            using var answer = await server.CallAsync(path == "" ? HttpMethod.Get : HttpMethod.Post, $"{own.Path}/deliveries/{delivery}{path}", null, stranger.Token);
            await answer.ProblemAsync(HttpStatusCode.NotFound, "delivery_not_found");
        }

        Assert.Equal(before, await SnapshotAsync(webhook));
        Assert.Single(_receiver.Calls);
    }

    [Fact]
    public async Task An_agent_may_do_none_of_it_and_an_admin_all()
    {
        var webhook = await Subscriber.CreateAsync(server, _workspace.Owner, _receiver);
        await _workspace.BeginAsync("negar");
        var delivery = (await webhook.NewestAsync("delivered")).Number("id");
        var before = await SnapshotAsync(webhook);
        var agent = _workspace.Agents[1];

        foreach (var (method, path, body) in Calls(delivery))
        {
            using var answer = await server.CallAsync(method, webhook.Path + path, body, agent.Token);
            await answer.ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        }

        using var list = await server.GetAsync("/api/v1/webhooks", agent.Token);
        using var create = await server.PostAsync("/api/v1/webhooks", new { url = _receiver.Url }, agent.Token);
        using var nobody = await server.GetAsync(webhook.Path);
        await list.ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await create.ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await nobody.ProblemAsync(HttpStatusCode.Unauthorized, "auth_required");
        Assert.Equal(before, await SnapshotAsync(webhook));
        var admin = await server.PromoteAsync(agent);
        await Subscriber.CreateAsync(server, admin, _receiver);
    }

    [Fact]
    public async Task Sockets_hear_nothing_of_it()
    {
        await using var list = await _workspace.OpenListAsync(_workspace.Owner);
        await list.DrainAsync();

        var webhook = await Subscriber.CreateAsync(server, _workspace.Owner, _receiver);
        await webhook.ChangeAsync(new { is_active = false });
        await webhook.CallAsync(HttpMethod.Delete);

        Assert.Empty(await list.DrainAsync());
    }

    private static IEnumerable<(HttpMethod Method, string Path, HttpContent? Body)> Calls(long delivery) =>
    [
        (HttpMethod.Get, "", null),
        (HttpMethod.Patch, "", new StringContent("""{"is_active": false, "url": "http://127.0.0.1:9/"}""", null, "application/json")),
        (HttpMethod.Post, "/secret", null),
        (HttpMethod.Post, "/test", null),
        (HttpMethod.Post, "/replay", null),
        (HttpMethod.Post, "/replay", new StringContent("""{"after": "beginning"}""", null, "application/json")),
        (HttpMethod.Get, "/deliveries", null),
        (HttpMethod.Get, $"/deliveries/{delivery}", null),
        (HttpMethod.Post, $"/deliveries/{delivery}/replay", null),
        (HttpMethod.Delete, "", null),
    ];

    private static async Task<string> SnapshotAsync(Subscriber webhook) =>
        $"{(await webhook.ReadAsync()).GetRawText()}\n{string.Join('\n', (await webhook.DeliveriesAsync()).Select(d => d.GetRawText()))}";

    private Task<HttpResponseMessage> CreateAsync(object body) => server.PostAsync("/api/v1/webhooks", body, _workspace.Owner.Token);

    private Task<HttpResponseMessage> PatchAsync(Subscriber webhook, string seen) => server.CallAsync(
        HttpMethod.Patch, webhook.Path, new StringContent($$"""{"description": "{{Guid.NewGuid()}}"}""", null, "application/json"), _workspace.Owner.Token, ("If-Match", seen));
}
