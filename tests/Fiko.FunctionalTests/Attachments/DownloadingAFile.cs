using System.Net;
using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Attachments;

public sealed class DownloadingAFile(DownloadingAFile.Server server) : IClassFixture<DownloadingAFile.Server>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_link_needs_no_token()
    {
        var agent = (await TestWorkspace.CreateAsync(server, agents: 1)).Owner;
        var bytes = SomeFile.Png();
        var shown = await server.UploadedAsync(agent, bytes, "عکس.png");

        using var answer = await server.GetFileAsync(Text(shown, "url"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(bytes, await answer.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal(("image/png", "inline", "عکس.png"), (
            answer.Content.Headers.ContentType!.ToString(),
            answer.Content.Headers.ContentDisposition!.DispositionType,
            answer.Content.Headers.ContentDisposition.FileNameStar));
        Assert.Equal(("nosniff", "sandbox; default-src 'none'", "no-cache, private", "bytes"), (
            Header(answer, "X-Content-Type-Options"), Header(answer, "Content-Security-Policy"), Header(answer, "Cache-Control"), Header(answer, "Accept-Ranges")));
    }

    [Fact]
    public async Task Parts_of_it_can_be_asked_for()
    {
        var agent = (await TestWorkspace.CreateAsync(server, agents: 1)).Owner;
        var bytes = SomeFile.Png(length: 5000);
        var url = Text(await server.UploadedAsync(agent, bytes), "url");

        using var middle = await server.GetFileAsync(url, range: "bytes=1000-1999");
        using var end = await server.GetFileAsync(url, range: "bytes=-10");
        using var beyond = await server.GetFileAsync(url, range: "bytes=5000-");
        using var head = await server.GetFileAsync(url, method: HttpMethod.Head);

        Assert.Equal((HttpStatusCode.PartialContent, "bytes 1000-1999/5000"), (middle.StatusCode, middle.Content.Headers.ContentRange!.ToString()));
        Assert.Equal(bytes[1000..2000], await middle.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal(bytes[4990..], await end.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal((HttpStatusCode.RequestedRangeNotSatisfiable, "bytes */5000"), (beyond.StatusCode, beyond.Content.Headers.ContentRange!.ToString()));
        Assert.Equal((HttpStatusCode.OK, 5000L), (head.StatusCode, head.Content.Headers.ContentLength));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Ct));
    }

    [Fact]
    public async Task What_a_browser_has_is_not_sent_again()
    {
        var agent = (await TestWorkspace.CreateAsync(server, agents: 1)).Owner;
        var url = Text(await server.UploadedAsync(agent, SomeFile.Png()), "url");
        using var first = await server.GetFileAsync(url);

        using var again = await server.GetFileAsync(url, ifNoneMatch: first.Headers.ETag!.ToString());
        using var other = await server.GetFileAsync(url, ifNoneMatch: "\"another\"");

        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK), (again.StatusCode, other.StatusCode));
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "application/octet-stream", "attachment")]
    [InlineData("<html><script>alert(1)</script>", "application/octet-stream", "attachment")]
    [InlineData("plain", "text/plain", "attachment")]
    [InlineData("%PDF-1.7", "application/pdf", "inline")]
    public async Task Nothing_that_could_run_is_shown(string content, string type, string disposition)
    {
        var agent = (await TestWorkspace.CreateAsync(server, agents: 1)).Owner;
        var url = Text(await server.UploadedAsync(agent, System.Text.Encoding.UTF8.GetBytes(content), "a.png"), "url");

        using var answer = await server.GetFileAsync(url);

        Assert.Equal((type, disposition), (answer.Content.Headers.ContentType!.ToString(), answer.Content.Headers.ContentDisposition!.DispositionType));
    }

    [Fact]
    public async Task An_agent_gets_it_with_the_token_and_others_do_not_know_of_it()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var stranger = (await TestWorkspace.CreateAsync(server, agents: 1)).Owner;
        var path = PathOf(await server.UploadedAsync(workspace.Owner, SomeFile.Png()));

        using var own = await server.GetFileAsync(path, workspace.Owner);
        using var colleague = await server.GetFileAsync(path, workspace.Agents[1]);
        using var foreign = await server.GetFileAsync(path, stranger);
        using var unknown = await server.GetFileAsync("/api/v1/attachments/att_999999999", stranger);
        using var nobody = await server.GetFileAsync(path);

        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, colleague.StatusCode);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (foreign.StatusCode, unknown.StatusCode));
        Assert.Equal(await WordsAsync(unknown), await WordsAsync(foreign));
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
    }

    [Theory]
    [InlineData("att_0")]
    [InlineData("att_-1")]
    [InlineData("att_99999999999999999999")]
    [InlineData("1")]
    [InlineData("..%2f..%2fkeys")]
    public async Task What_is_no_id_is_not_found(string id)
    {
        var agent = (await TestWorkspace.CreateAsync(server, agents: 1)).Owner;

        using var answer = await server.GetFileAsync($"/api/v1/attachments/{id}", agent);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_link_opens_its_own_file_only()
    {
        var agent = (await TestWorkspace.CreateAsync(server, agents: 1)).Owner;
        var (first, second) = (await server.UploadedAsync(agent, SomeFile.Png()), await server.UploadedAsync(agent, SomeFile.Png()));
        var signature = Text(first, "url").Split('=')[1];

        using var other = await server.GetFileAsync($"{PathOf(second)}?signature={signature}");
        using var forged = await server.GetFileAsync($"{PathOf(first)}?signature={signature[..^2]}AA");
        using var garbage = await server.GetFileAsync($"{PathOf(first)}?signature={new string('!', signature.Length)}");
        using var unknown = await server.GetFileAsync($"/api/v1/attachments/att_999999999?signature={signature}");

        Assert.All([other, forged, garbage, unknown], a => Assert.Equal(HttpStatusCode.Unauthorized, a.StatusCode));
    }

    [Fact]
    public async Task A_fresh_link_can_be_had()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var stranger = (await TestWorkspace.CreateAsync(server, agents: 1)).Owner;
        var path = PathOf(await server.UploadedAsync(workspace.Owner, SomeFile.Png()));

        var link = await server.Http.CallAsync(HttpMethod.Get, $"{path}/link", token: workspace.Owner.Token);
        var foreign = await server.Http.CallAsync(HttpMethod.Get, $"{path}/link", token: stranger.Token);
        using var answer = await server.GetFileAsync(Text(link.Json, "url"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.InRange(link.Json.GetProperty("expires_at").GetDateTimeOffset() - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(12));
        Assert.Equal(HttpStatusCode.NotFound, foreign.Status);
    }

    [Fact]
    public async Task No_signature_reaches_the_log()
    {
        var agent = (await TestWorkspace.CreateAsync(server, agents: 1)).Owner;
        var url = Text(await server.UploadedAsync(agent, SomeFile.Png()), "url");

        using var answer = await server.GetFileAsync(url);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        server.Log.AssertNever(url.Split('=')[1]);
        Assert.Contains(server.Log.Lines, l => l.Contains("signature=REDACTED", StringComparison.Ordinal));
    }

    private static string PathOf(JsonElement shown) => $"/api/v1/attachments/{Text(shown, "id")}";

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static string Header(HttpResponseMessage answer, string name) =>
        string.Join(", ", answer.Headers.TryGetValues(name, out var values) ? values : answer.Content.Headers.GetValues(name));

    private static async Task<string> WordsAsync(HttpResponseMessage answer)
    {
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct)).RootElement;
        return $"{problem.GetProperty("code")} {problem.GetProperty("title")}";
    }

    public sealed class Server : FileServer
    {
        public Server() => LogEverything();
    }
}
