using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Channels;

public abstract partial class ChannelContract
{
    [Theory]
    [InlineData(EchoHabit.AfterTheAnswer)]
    [InlineData(EchoHabit.BeforeTheAnswer)]
    public async Task What_we_sent_is_one_message_whenever_its_echo_comes(EchoHabit habit)
    {
        var (platform, customer, conversation, chat) = await BeginAsync();
        await using var open = chat;
        await platform.SetEchoesAsync(habit);

        await chat.SendAsync(new { type = "chat_message", content = "On its way" });

        var shown = await chat.NextAsync("chat_message");
        Assert.Equal("sent", Status(shown.GetProperty("message")));
        await EchoedAsync(platform, "On its way");
        Assert.Equal(["Hello", "On its way"], (await platform.ReadChatAsync(conversation)).Select(Text));
        Assert.Equal(["On its way"], (await platform.LookAsync(customer)).Texts);
    }

    [Fact]
    public async Task What_the_business_wrote_elsewhere_is_shown_once_with_where()
    {
        var (platform, customer, conversation, chat) = await BeginAsync();
        await using var open = chat;
        if (platform.Echo(customer, platform.NewMessage(), "Written on my phone") is not { } echo)
        {
            return;
        }

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => platform.TakeAsync(echo)));

        var shown = await chat.NextAsync("chat_message");
        Assert.Equal(("Written on my phone", "support"), (Text(shown.GetProperty("message")), shown.GetProperty("message").GetProperty("type").GetString()));
        var result = shown.GetProperty("external_send_result");
        Assert.True(result.GetProperty("success").GetBoolean());
        Assert.False(string.IsNullOrWhiteSpace(result.GetProperty("source").GetString()));
        await platform.SettledUpdatesAsync();
        Assert.Equal(["Hello", "Written on my phone"], (await platform.ReadChatAsync(conversation)).Select(Text));
        Assert.Empty((await platform.LookAsync(customer)).Texts);
    }

    [Fact]
    public async Task A_send_that_nobody_can_know_of_is_settled_by_its_echo_and_by_nothing_else()
    {
        var (platform, customer, conversation, chat) = await BeginAsync();
        await using var open = chat;
        await platform.FailNextAsync(Fault.CutAfter);

        await chat.SendAsync(new { type = "chat_message", content = "who knows" });
        await platform.SeesAsync(conversation, all => all.Length == 2, "the answer");
        await chat.SendAsync(new { type = "chat_message", content = "the next" });

        var settled = platform.Echoes ? "sent" : "uncertain";
        var seen = await platform.SeesAsync(conversation, all => all.Length == 3 && Status(all[1]) == settled && Status(all[2]) == "sent", $"one {settled}, one sent");
        await EchoedAsync(platform, "the next");
        Assert.Equal(["Hello", "who knows", "the next"], seen.Select(Text));
        Assert.Equal(3, (await platform.ReadChatAsync(conversation)).Length);
        Assert.Equal(["who knows", "the next"], (await platform.LookAsync(customer)).Texts);
    }

    // Nothing else shows that the echo was dealt with: that is the point of it.
    private static async Task EchoedAsync(PlatformUnderTest platform, string text)
    {
        if (platform.Echoes)
        {
            await Eventually.SeesAsync(
                platform.UpdatesAsync,
                all => all.Exists(u => u.Body.Contains("is_echo", StringComparison.Ordinal) && u.Body.Contains(text, StringComparison.Ordinal) && u.ProcessedAt is not null),
                $"the echo of '{text}'");
        }
    }
}
