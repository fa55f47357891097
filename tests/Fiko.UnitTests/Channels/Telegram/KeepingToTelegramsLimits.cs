using Fiko.Application.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Fiko.UnitTests.Channels.Telegram;

public sealed class KeepingToTelegramsLimits : TelegramLine
{
    [Fact]
    public void They_are_those_that_telegram_asks_for() => Assert.Equal(
        new SendLimits(new SendRate(5, TimeSpan.FromSeconds(1)), new SendRate(30, TimeSpan.FromMilliseconds(34))), Channel.Limits);

    [Fact]
    public void A_bot_with_other_limits_is_told_them()
    {
        using var services = Telegram.Build(Time, settings: new()
        {
            ["Telegram:ChatBurst"] = "1",
            ["Telegram:ChatEvery"] = "00:00:03",
            ["Telegram:AccountBurst"] = "100",
            ["Telegram:AccountEvery"] = "00:00:00.001",
        });

        Assert.Equal(
            new SendLimits(new SendRate(1, TimeSpan.FromSeconds(3)), new SendRate(100, TimeSpan.FromMilliseconds(1))),
            services.GetRequiredService<IChannel>().Limits);
    }

    [Theory]
    [InlineData("Telegram:ChatBurst", "0")]
    [InlineData("Telegram:AccountEvery", "-00:00:01")]
    [InlineData("Telegram:DownloadTimeout", "00:00:00")]
    public void A_limit_that_makes_no_sense_is_refused(string key, string value)
    {
        using var services = Telegram.Build(Time, settings: new() { [key] = value });

        Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IChannel>());
    }

    [Fact]
    public void There_is_no_end_to_when_a_customer_may_be_answered() => Assert.Null(Channel.Window);

    [Fact]
    public void Messages_are_numbered_in_each_chat_anew() => Assert.Equal("42", Channel.ScopeOf("42"));
}
