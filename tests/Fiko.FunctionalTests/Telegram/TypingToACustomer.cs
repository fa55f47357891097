using Fiko.FunctionalTests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Fiko.FunctionalTests.Telegram;

/// <summary>A server whose time stands still until a test moves it.</summary>
public sealed class StillServer : FikoServer
{
    public StillServer()
    {
        Services = services => services.AddSingleton<TimeProvider>(Time);
        LogEverything();
    }

    public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());
}

public sealed class TypingToACustomer(StillServer server) : IClassFixture<StillServer>
{
    [Fact]
    public async Task The_customer_is_shown_it_at_most_every_four_seconds()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var customer = CustomersSide.NewCustomer();
        await using var chat = await telegram.OpenChatAsync(await telegram.BeginAsync(customer));

        await TypeAsync(chat, times: 10);
        for (var second = 1; second <= 8; second++)
        {
            server.Time.Advance(TimeSpan.FromSeconds(1));
            await TypeAsync(chat, times: 3);
        }

        await ShownAsync(3);
        await chat.SendAsync(new { type = "typing", is_typing = false });
        await chat.SendAsync(new { type = "chat_message", content = "typed" });
        await chat.NextAsync("chat_message");
        Assert.Equal(3, Shown());
    }

    private static async Task TypeAsync(FikoSocket chat, int times)
    {
        for (var n = 0; n < times; n++)
        {
            await chat.SendAsync(new { type = "typing", is_typing = true });
        }

        await chat.DrainAsync();
    }

    private Task<int> ShownAsync(int times) => Eventually.SeesAsync(() => Task.FromResult(Shown()), shown => shown >= times, $"sendChatAction {times} times");

    private int Shown() => server.Log.Lines.Count(l =>
        l.Contains("Request starting", StringComparison.Ordinal) && l.Contains("/sendChatAction", StringComparison.OrdinalIgnoreCase));
}
