using Fiko.BrowserTests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Fiko.BrowserTests;

public sealed class TheReferencePage(BrowserServer server, Chromium chromium) : IClassFixture<BrowserServer>, IClassFixture<Chromium>
{
    [Fact]
    public async Task Shows_the_operations_and_needs_no_other_host()
    {
        await using var browser = await chromium.LaunchAsync(server);
        var context = await browser.NewContextAsync(new() { IgnoreHTTPSErrors = true });
        var page = await context.NewPageAsync();
        var (asked, errors) = (new List<Uri>(), new List<string>());
        page.Request += (_, request) => asked.Add(new Uri(request.Url));
        page.PageError += (_, error) => errors.Add(error);

        await page.GotoAsync($"https://{BrowserServer.Host}/docs");

        await Expect(page.GetByText("Log in with email and password").First).ToBeVisibleAsync();
        await Expect(page.GetByText("A support inbox over REST").Or(page.GetByText("For administrators and programs")).First).ToBeVisibleAsync();
        Assert.All(asked.Where(a => a.Scheme is "http" or "https" or "ws" or "wss"), a => Assert.Equal(BrowserServer.Host, a.Host));
        Assert.Contains(asked, a => a.AbsolutePath == "/openapi/v1.json");
        Assert.Empty(errors);
    }
}
