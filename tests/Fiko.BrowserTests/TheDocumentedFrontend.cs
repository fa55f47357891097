using System.Security.Cryptography;
using Fiko.BrowserTests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Fiko.BrowserTests;

/// <summary>The classes of the public documentation, letter for letter, in real browsers on the real server.</summary>
public sealed class TheDocumentedFrontend(BrowserServer server, Chromium chromium) : IClassFixture<BrowserServer>, IClassFixture<Chromium>
{
    private const string Customer = "6600000042";
    private const string Question = "سلام، سفارش من کجاست؟ 🌹";
    private const string Answer = "امروز ارسال شد: a < b & c";

    [Fact]
    public async Task Two_agents_and_a_customer_work_with_it_unchanged()
    {
        await using var browser = await chromium.LaunchAsync(server);
        var phone = await CustomerPhone.PickUpAsync(browser, Customer, "نگار");
        var sara = await AgentPage.OpenAsync(browser, server, "sara@fiko.test");
        var reza = await AgentPage.OpenAsync(browser, server, "reza@fiko.test");

        await TheListIsShownAsync(sara);
        await ANewMessageArrivesWithItsSoundAsync(phone, sara, reza);
        await RecentMessagesAndPresenceAreShownAsync(sara, reza);
        await ReadingIsShownAsync(reza, sara);
        await TypingIsShownAndEndsAsync(sara, reza);
        await EnterSendsAsync(sara, reza, phone);
        await TheOpenChatHearsTheCustomerAsync(phone, sara);
        await LeavingIsShownAsync(reza, sara);

        Assert.Equal(["wss://api.fiko.net/ws/conversations/", "wss://api.fiko.net/ws/chat/"], sara.Sockets.Select(WithoutConversation));
        Assert.Empty(sara.Errors.Concat(reza.Errors));
        Assert.Empty(server.Log.Errors);
    }

    [Fact]
    public async Task A_bad_token_runs_the_documented_branch_for_1008()
    {
        await using var browser = await chromium.LaunchAsync(server);

        var agent = await AgentPage.OpenAsync(browser, "watched.html", "no.good.token");

        // Once by the error frame, once by the close code; and no attempt to reconnect.
        await Expect(agent.AllCalls).ToHaveTextAsync(["onConnect", "redirectToLogin", "close 1008", "redirectToLogin"]);
        Assert.Empty(agent.Errors);
    }

    [Fact]
    public async Task A_bad_token_is_shown_to_the_agent()
    {
        await using var browser = await chromium.LaunchAsync(server);

        var agent = await AgentPage.OpenAsync(browser, "index.html", "no.good.token");

        await Expect(agent.Toasts.First).ToHaveTextAsync("Authentication required");
        await Expect(agent.Conversations).ToHaveCountAsync(0);
        Assert.Empty(agent.Errors);
    }

    [Fact]
    public async Task A_restart_of_the_server_is_healed_by_the_documented_reconnecting()
    {
        await using var browser = await chromium.LaunchAsync(server);
        var sara = await AgentPage.OpenAsync(browser, server, "sara@fiko.test");
        var watched = await AgentPage.OpenAsync(browser, "watched.html", await server.LogInAsync("sara@fiko.test", "fiko-demo"));
        await Expect(sara.Conversation("John Doe")).ToBeVisibleAsync();
        await Expect(watched.Calls("onConnect")).ToHaveCountAsync(1);
        await sara.Page.EvaluateAsync("document.getElementById('conversations-list').replaceChildren()");

        await server.RestartAsync();

        await Expect(sara.Conversation("John Doe")).ToBeVisibleAsync();
        await Expect(watched.Calls("onConnect")).ToHaveCountAsync(2);
        Assert.Empty(sara.Errors.Concat(watched.Errors));
    }

    [Fact]
    public void The_document_is_the_published_one()
    {
        using var document = File.OpenRead(PublicDocument.File);

        Assert.Equal("FE2204F4A6C29764BB7CD87819D8CD5D74DC82976D8F12493BD6C3CBCBE1BD23", Convert.ToHexString(SHA256.HashData(document)));
    }

    private static async Task TheListIsShownAsync(AgentPage sara)
    {
        await Expect(sara.Conversations).ToHaveCountAsync(12);
        await Expect(sara.Conversation("John Doe").Locator(".title")).ToHaveTextAsync("telegram - John Doe");
        await Expect(sara.Conversation("John Doe").Locator(".last")).ToHaveTextAsync("Great, thanks!");
        await Expect(sara.Conversation("Emma Stone").Locator(".unread")).ToHaveTextAsync("2");
    }

    private static async Task ANewMessageArrivesWithItsSoundAsync(CustomerPhone phone, params AgentPage[] agents)
    {
        await phone.SayAsync(Question);

        foreach (var agent in agents)
        {
            await Expect(agent.Toasts).ToHaveTextAsync(["پیام جدید دریافت شد!"]);
            await Expect(agent.Calls("playNotificationSound")).ToHaveCountAsync(1);
            await Expect(agent.Conversations).ToHaveCountAsync(13);
            await Expect(agent.Conversations.First.Locator(".title")).ToHaveTextAsync("telegram - نگار");
            await Expect(agent.Conversations.First.Locator(".unread")).ToHaveTextAsync("1");
        }
    }

    private static async Task RecentMessagesAndPresenceAreShownAsync(AgentPage first, AgentPage second)
    {
        await first.Conversations.First.ClickAsync();
        await Expect(first.Messages).ToHaveTextAsync([Question]);
        await Expect(first.Presence(second)).ToHaveCountAsync(0);

        await second.Conversations.First.ClickAsync();

        await Expect(second.Messages).ToHaveTextAsync([Question]);
        await Expect(second.Presence(first)).ToHaveTextAsync("online");
        await Expect(first.Presence(second)).ToHaveTextAsync("online");
    }

    private static async Task ReadingIsShownAsync(AgentPage reader, AgentPage other)
    {
        await reader.Page.ClickAsync("#mark-read");

        foreach (var agent in new[] { reader, other })
        {
            await Expect(agent.Calls($"markMessagesAsRead {reader.AgentId}")).ToHaveCountAsync(1);
            await Expect(agent.Conversations.First.Locator(".unread")).ToHaveTextAsync("");
        }
    }

    private static async Task TypingIsShownAndEndsAsync(AgentPage writer, AgentPage other)
    {
        await writer.Input.PressSequentiallyAsync("امروز");

        await Expect(other.TypingIndicator).ToBeVisibleAsync();
        await Expect(other.TypingIndicator).ToHaveTextAsync("Sara Ahmadi در حال تایپ...");
        await Expect(other.TypingIndicator).ToBeHiddenAsync();
        await Expect(writer.TypingIndicator).ToBeEmptyAsync();
    }

    private static async Task EnterSendsAsync(AgentPage writer, AgentPage other, CustomerPhone phone)
    {
        await writer.Input.PressSequentiallyAsync(" ارسال شد: a < b & c");
        await Expect(other.TypingIndicator).ToBeVisibleAsync();

        await writer.Input.PressAsync("Enter");

        await Expect(writer.Input).ToHaveValueAsync("");
        foreach (var agent in new[] { writer, other })
        {
            await Expect(agent.Messages).ToHaveTextAsync([Question, Answer]);
            await Expect(agent.Messages.Last).ToHaveClassAsync("support");
            await Expect(agent.Conversations.First.Locator(".last")).ToHaveTextAsync(Answer);
        }

        await Expect(other.TypingIndicator).ToBeHiddenAsync();
        await Expect(phone.Answers).ToHaveTextAsync([Answer]);
    }

    private static async Task TheOpenChatHearsTheCustomerAsync(CustomerPhone phone, AgentPage agent)
    {
        await phone.SayAsync("ممنون");

        await Expect(agent.Messages).ToHaveTextAsync([Question, Answer, "ممنون"]);
        await Expect(agent.Messages.Last).ToHaveClassAsync("customer");
    }

    private static async Task LeavingIsShownAsync(AgentPage leaver, AgentPage other)
    {
        await leaver.Page.CloseAsync(new() { RunBeforeUnload = true });

        await Expect(other.Presence(leaver)).ToHaveTextAsync("offline");
    }

    private static string WithoutConversation(string address) => address[..(address.IndexOf("conv_", StringComparison.Ordinal) is var at and > 0 ? at : address.Length)];
}
