using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Fiko.BrowserTests.Hosting;

/// <summary>A customer at the sandbox's page, whose messages take the whole Telegram path.</summary>
internal sealed class CustomerPhone(IPage page)
{
    public IPage Page => page;

    public ILocator Answers => page.Locator("#chat .bubble:not(.mine) p");

    public static async Task<CustomerPhone> PickUpAsync(IBrowser browser, string customer, string firstName)
    {
        var page = await browser.NewPageAsync(new() { IgnoreHTTPSErrors = true });
        await page.GotoAsync($"https://{BrowserServer.Host}/sandbox?customer={customer}&first_name={Uri.EscapeDataString(firstName)}");
        await Assertions.Expect(page.Locator("#bot-name")).ToHaveTextAsync(new Regex("^@.+_bot$"));
        return new CustomerPhone(page);
    }

    public async Task SayAsync(string text)
    {
        await page.Locator("#text").FillAsync(text);
        await page.Locator("#text").PressAsync("Enter");
        await Assertions.Expect(page.Locator("#chat .bubble.mine p").Last).ToHaveTextAsync(text);
    }
}
