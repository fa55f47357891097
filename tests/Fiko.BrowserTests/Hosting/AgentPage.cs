using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;

namespace Fiko.BrowserTests.Hosting;

/// <summary>An agent at a browser of their own, with the documented frontend open.</summary>
internal sealed class AgentPage(IPage page, long agentId, List<string> sockets, List<string> errors)
{
    public IPage Page => page;

    /// <summary>The wire's user_id.</summary>
    public long AgentId => agentId;

    /// <summary>Where the page's sockets went, without their queries.</summary>
    public IReadOnlyList<string> Sockets => sockets;

    /// <summary>What the page's own scripts threw.</summary>
    public IReadOnlyList<string> Errors => errors;

    public ILocator Conversations => page.Locator("#conversations-list li");

    public ILocator Messages => page.Locator("#chat-messages li");

    public ILocator Input => page.Locator("#message-input");

    public ILocator TypingIndicator => page.Locator("#typing-indicator");

    public ILocator Toasts => page.Locator("#toasts li");

    /// <summary>Which of the functions that the document leaves to the frontend have run to their end, in order.</summary>
    public ILocator AllCalls => page.Locator("#calls li");

    public static async Task<AgentPage> OpenAsync(IBrowser browser, BrowserServer server, string email)
    {
        var token = await server.LogInAsync(email, "fiko-demo");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/auth/me");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await server.Http.SendAsync(request);
        var me = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return await OpenAsync(browser, "index.html", token, me.GetProperty("id").GetInt64());
    }

    public static async Task<AgentPage> OpenAsync(IBrowser browser, string file, string token, long agentId = 0)
    {
        var context = await browser.NewContextAsync(new() { IgnoreHTTPSErrors = true });
        await context.AddInitScriptAsync($"localStorage.setItem('access_token', '{token}')");
        var page = await context.NewPageAsync();
        var (sockets, errors) = (new List<string>(), new List<string>());
        page.WebSocket += (_, socket) => sockets.Add(socket.Url.Split('?')[0]);
        page.PageError += (_, error) => errors.Add(error);
        await page.GotoAsync($"https://{BrowserServer.Host}/frontend/{file}");
        return new AgentPage(page, agentId, sockets, errors);
    }

    public ILocator Conversation(string customer) => Conversations.Filter(new() { HasText = customer });

    public ILocator Presence(AgentPage other) => page.Locator($"#presence [data-user='{other.AgentId}']");

    public ILocator Calls(string call) => AllCalls.Filter(new() { HasText = call });
}
