using Fiko.Application.Channels;

namespace Fiko.UnitTests.Channels.Telegram;

public sealed class ChangingMessagesOnTelegram : TelegramLine
{
    private static readonly SentPart Part = new("42", "77");

    private IChangesMessages Changes => (IChangesMessages)Channel;

    private IReactsToMessages Reactions => (IReactsToMessages)Channel;

    [Theory]
    [InlineData(false, "editMessageText", """{"chat_id":42,"message_id":77,"text":"a < b سلام"}""")]
    [InlineData(true, "editMessageCaption", """{"chat_id":42,"message_id":77,"caption":"a < b سلام"}""")]
    public async Task What_stands_there_is_replaced_as_it_was_typed(bool isCaption, string method, string body)
    {
        Assert.IsType<SendOutcome.Sent>(await Changes.EditAsync(Bot, Part with { IsCaption = isCaption }, "a < b سلام", Test));
        Assert.Equal((method, body), Asked());
    }

    [Fact]
    public async Task What_says_so_already_is_changed()
    {
        Telegram.Answer = _ => TelegramFake.Error(
            400, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message");

        Assert.IsType<SendOutcome.Sent>(await Changes.EditAsync(Bot, Part, "hi", Test));
    }

    [Theory]
    [InlineData("Bad Request: message can't be edited")]
    [InlineData("Bad Request: message to edit not found")]
    [InlineData("Bad Request: MEDIA_CAPTION_TOO_LONG")]
    public async Task What_telegram_will_not_change_stays_with_its_reason(string reason)
    {
        Telegram.Answer = _ => TelegramFake.Error(400, reason);

        Assert.Equal(new SendOutcome.Refused(reason), await Changes.EditAsync(Bot, Part, "hi", Test));
    }

    [Fact]
    public async Task A_message_is_taken_back()
    {
        Telegram.Answer = _ => TelegramFake.Ok();

        Assert.IsType<SendOutcome.Sent>(await Changes.DeleteAsync(Bot, Part, Test));
        Assert.Equal(("deleteMessage", """{"chat_id":42,"message_id":77}"""), Asked());
    }

    [Fact]
    public async Task What_is_not_there_any_more_is_taken_back()
    {
        Telegram.Answer = _ => TelegramFake.Error(400, "Bad Request: message to delete not found");

        Assert.IsType<SendOutcome.Sent>(await Changes.DeleteAsync(Bot, Part, Test));
    }

    [Theory]
    [InlineData("👍", """{"chat_id":42,"message_id":77,"reaction":[{"emoji":"👍","type":"emoji"}]}""")]
    [InlineData("❤\uFE0F", """{"chat_id":42,"message_id":77,"reaction":[{"emoji":"❤","type":"emoji"}]}""")]
    [InlineData(null, """{"chat_id":42,"message_id":77,"reaction":[]}""")]
    public async Task A_reaction_is_set_and_taken_back(string? emoji, string body)
    {
        Telegram.Answer = _ => TelegramFake.Ok();

        Assert.IsType<SendOutcome.Sent>(await Reactions.ReactAsync(Bot, Part, emoji, Test));
        Assert.Equal(("setMessageReaction", Plain(body)), Asked());
    }

    [Fact]
    public async Task A_reaction_that_telegram_does_not_have_is_refused_in_words()
    {
        Telegram.Answer = _ => TelegramFake.Error(400, "Bad Request: REACTION_INVALID");

        Assert.Equal(new SendOutcome.Refused("Telegram does not offer this reaction"), await Reactions.ReactAsync(Bot, Part, "🦄", Test));
    }
}
