using System.Net;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Telegram;

public sealed class WritingThroughAnApiChannel(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task Its_key_is_shown_once_and_opens_it()
    {
        var workspace = await TestWorkspace.CreateAsync(server);

        var created = await CreateAsync(workspace);

        Assert.Equal(HttpStatusCode.Created, created.Status);
        var key = created.Json.GetProperty("key").GetString()!;
        var id = created.Json.GetProperty("id").GetInt64();
        Assert.Equal("api", created.Json.GetProperty("source").GetString());
        Assert.Equal(HttpStatusCode.Accepted, (await WriteAsync(id, key, "m-1")).Status);
        var shown = await server.Http.CallAsync(HttpMethod.Get, $"/api/v1/channels/{id}", token: workspace.Owner.Token);
        Assert.DoesNotContain(key, shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_or_none_opens_nothing()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var id = (await CreateAsync(workspace)).Json.GetProperty("id").GetInt64();
        var otherKey = (await CreateAsync(workspace)).Json.GetProperty("key").GetString()!;

        HttpStatusCode[] answers =
        [
            (await WriteAsync(id, "fk_wrong", "m-1")).Status,
            (await WriteAsync(id, otherKey, "m-1")).Status,
            (await WriteAsync(id, "", "m-1")).Status,
            (await WriteAsync(id, null, "m-1")).Status,
            (await WriteAsync(int.MaxValue, otherKey, "m-1")).Status,
        ];

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Unauthorized, a));
    }

    [Fact]
    public async Task The_same_external_id_again_is_the_same_message_also_at_once()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var created = (await CreateAsync(workspace)).Json;
        var (id, key) = (created.GetProperty("id").GetInt64(), created.GetProperty("key").GetString()!);
        await using var list = await workspace.OpenListAsync(workspace.Owner);
        await list.DrainAsync();

        var atOnce = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => WriteAsync(id, key, "m-1", "once")));
        var later = await WriteAsync(id, key, "m-1", "once");
        await WriteAsync(id, key, "m-2", "the end");

        Assert.Single(atOnce, a => a.Status is HttpStatusCode.Accepted);
        Assert.Equal(9, atOnce.Count(a => a.Status is HttpStatusCode.OK));
        Assert.Equal(HttpStatusCode.OK, later.Status);
        await list.NextAsync(f => f.GetProperty("message").GetProperty("content").GetString() == "the end", "the end");
        Assert.Equal(["once", "the end"], list.Heard.Where(f => FikoSocket.TypeOf(f) == "new_customer_message").Select(f => f.GetProperty("message").GetProperty("content").GetString()));
    }

    [Theory]
    [InlineData("""{"customer":{"external_id":"c"},"text":"no id"}""", "external_id")]
    [InlineData("""{"external_id":"m","text":"no customer"}""", "customer")]
    [InlineData("""{"external_id":"m","customer":{"external_id":"c"},"text":""}""", "text")]
    [InlineData("""{"external_id":"m","customer":{"external_id":" "},"text":"t"}""", "customer.external_id")]
    [InlineData("""{"external_id":7,"customer":{"external_id":"c"},"text":"t"}""", null)]
    [InlineData("""[]""", null)]
    [InlineData("""{"external_id":""", null)]
    public async Task A_body_of_another_shape_is_refused_with_the_field(string body, string? field)
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var created = (await CreateAsync(workspace)).Json;
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        var answer = await server.Http.CallAsync(
            HttpMethod.Post,
            $"/api/v1/channels/{created.GetProperty("id").GetInt64()}/messages",
            content,
            header: ("X-Fiko-Channel-Key", created.GetProperty("key").GetString()!));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.True(field is null || answer.Json.GetProperty("errors").TryGetProperty(field, out _), answer.Text);
    }

    private Task<RestAnswer> CreateAsync(TestWorkspace workspace) =>
        server.Http.CallAsync(HttpMethod.Post, "/api/v1/channels", new { source = "api", name = "Shop" }, workspace.Owner.Token);

    private Task<RestAnswer> WriteAsync(long channel, string? key, string externalId, string text = "Hello") =>
        server.Http.CallAsync(
            HttpMethod.Post,
            $"/api/v1/channels/{channel}/messages",
            new { external_id = externalId, customer = new { external_id = "c-1", first_name = "Negar" }, text },
            header: key is null ? null : ("X-Fiko-Channel-Key", key));
}
