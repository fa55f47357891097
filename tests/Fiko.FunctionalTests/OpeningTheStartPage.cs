using System.Net;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests;

public sealed class OpeningTheStartPage
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_developer_finds_the_sandbox_there_and_every_link_works()
    {
        await using var server = new FikoServer();
        await server.InitializeAsync();

        var page = await server.Http.GetStringAsync("/", Ct);

        var links = page.Split("href=\"").Skip(1).Select(rest => rest[..rest.IndexOf('"')]).ToList();
        Assert.Contains("/sandbox", links);
        foreach (var link in links)
        {
            using var answer = await server.Http.GetAsync(link, Ct);
            Assert.Equal((link, HttpStatusCode.OK), (link, answer.StatusCode));
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/index.html")]
    public async Task Outside_Development_there_is_no_such_page(string path)
    {
        await using var server = new FikoServer();
        server.Settings["environment"] = "Production";
        server.Settings["Jwt:SigningKey"] = "only for this test, 32 bytes or more";
        server.Settings["Database:MigrateOnStart"] = "true";
        await server.InitializeAsync();

        using var answer = await server.Http.GetAsync(path, Ct);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
