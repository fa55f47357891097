using Fiko.Application.Channels;
using Fiko.Domain.Customers;

namespace Fiko.UnitTests.Channels.Telegram;

public sealed class AskingTelegramWhoACustomerIs : TelegramLine
{
    [Fact]
    public async Task Names_and_the_small_picture_are_told()
    {
        Telegram.Answer = _ => TelegramFake.Ok("""
            {"id":42,"type":"private","first_name":"نگار","last_name":"ایزدی","username":"negar_i","accent_color_id":3,"new_field":{"type":"from_the_future"},
             "photo":{"small_file_id":"small","small_file_unique_id":"us","big_file_id":"big","big_file_unique_id":"ub"}}
            """);

        Assert.Equal(new ProfileOutcome.Known(new CustomerProfile("نگار", "ایزدی", "negar_i"), "small", "us"), await AskAsync());
        Assert.Equal(("getChat", """{"chat_id":42}"""), Asked());
    }

    [Fact]
    public async Task Who_shows_no_picture_has_none()
    {
        Telegram.Answer = _ => TelegramFake.Ok("""{"id":42,"type":"private","first_name":"نگار"}""");

        Assert.Equal(new ProfileOutcome.Known(new CustomerProfile("نگار")), await AskAsync());
    }

    [Fact]
    public async Task Who_is_unknown_to_the_bot_stays_unknown()
    {
        Telegram.Answer = _ => TelegramFake.Error(400, "Bad Request: chat not found");

        Assert.Equal(new ProfileOutcome.Withheld("Bad Request: chat not found"), await AskAsync());
        Assert.Equal(new ProfileOutcome.Withheld("Bad Request: chat not found"), await AskAsync("nobody"));
        Assert.Single(Telegram.Requests);
    }

    [Fact]
    public async Task A_failure_is_no_answer()
    {
        Telegram.Answer = _ => TelegramFake.Error(500, "Internal Server Error");
        Assert.Equal(new ProfileOutcome.TryAgain("Internal Server Error"), await AskAsync());

        Telegram.HangsUp = true;
        Assert.IsType<ProfileOutcome.TryAgain>(await AskAsync());
    }

    private Task<ProfileOutcome> AskAsync(string address = "42") => ((IKnowsProfiles)Channel).FetchProfileAsync(Bot, address, Test);
}
