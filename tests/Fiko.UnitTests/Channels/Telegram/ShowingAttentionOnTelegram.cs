using Fiko.Application.Channels;

namespace Fiko.UnitTests.Channels.Telegram;

public sealed class ShowingAttentionOnTelegram : TelegramLine
{
    private IShowsCourtesy Courtesy => (IShowsCourtesy)Channel;

    [Fact]
    public async Task Typing_is_shown()
    {
        Telegram.Answer = _ => TelegramFake.Ok();

        await Courtesy.ShowTypingAsync(Bot, "42", typing: true, Test);

        Assert.Equal(("sendChatAction", """{"chat_id":42,"action":"typing"}"""), Asked());
    }

    [Fact]
    public async Task What_telegram_has_no_sign_for_is_not_said()
    {
        await Courtesy.ShowTypingAsync(Bot, "42", typing: false, Test);
        await Courtesy.ShowSeenAsync(Bot, "42", Test);

        Assert.Empty(Telegram.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_courtesy_that_fails_is_not_told(bool hangsUp)
    {
        Telegram.HangsUp = hangsUp;
        Telegram.Answer = _ => TelegramFake.Error(400, "Bad Request");

        await Courtesy.ShowTypingAsync(Bot, "42", typing: true, Test);
        await Courtesy.ShowTypingAsync(Bot, "nobody", typing: true, Test);
        await Courtesy.GreetGroupAsync(Bot, "-10042", Test);
    }
}
