using Fiko.BrowserTests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Fiko.BrowserTests;

public sealed class TheReferencePage(BrowserServer server, Chromium chromium) : IClassFixture<BrowserServer>, IClassFixture<Chromium>
{
    [Fact]
    public async Task Shows_the_areas_and_needs_no_other_host()
    {
        await using var browser = await chromium.LaunchAsync(server);
        var context = await browser.NewContextAsync(new() { IgnoreHTTPSErrors = true });
        var page = await context.NewPageAsync();
        var (asked, errors) = (new List<Uri>(), new List<string>());
        page.Request += (_, request) => asked.Add(new Uri(request.Url));
        page.PageError += (_, error) => errors.Add(error);

        await page.GotoAsync($"https://{BrowserServer.Host}/docs");

        // The page draws the operations of an area when it is opened; the areas stand there at once.
        await Expect(page.GetByText("Auth", new() { Exact = true }).First).ToBeVisibleAsync();
        await Expect(page.GetByText("A support inbox over REST").Or(page.GetByText("For administrators and programs")).First).ToBeVisibleAsync();
        Assert.All(asked.Where(a => a.Scheme is "http" or "https" or "ws" or "wss"), a => Assert.Equal(BrowserServer.Host, a.Host));
        Assert.Contains(asked, a => a.AbsolutePath == "/openapi/v1.json");
        Assert.Empty(errors);
    }
}
