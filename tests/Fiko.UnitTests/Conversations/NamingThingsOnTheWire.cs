using Fiko.Domain.Conversations;

namespace Fiko.UnitTests.Conversations;

public sealed class NamingThingsOnTheWire
{
    [Theory]
    [InlineData(1)]
    [InlineData(1045)]
    [InlineData(long.MaxValue)]
    public void An_id_is_read_as_it_is_written(long value)
    {
        Assert.True(ConversationId.TryParse($"conv_{value}", out var conversation));
        Assert.True(MessageId.TryParse($"msg_{value}", out var message));

        Assert.Equal((new ConversationId(value), $"conv_{value}"), (conversation, conversation.ToString()));
        Assert.Equal((new MessageId(value), $"msg_{value}"), (message, message.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("_")]
    [InlineData("_0")]
    [InlineData("_-1")]
    [InlineData("_+1")]
    [InlineData("_01")]
    [InlineData("_1 ")]
    [InlineData("_ 1")]
    [InlineData("_1.0")]
    [InlineData("_1,000")]
    [InlineData("_0x1")]
    [InlineData("_۱۲")]
    [InlineData("_1۲")]
    [InlineData("_9223372036854775808")]
    [InlineData("_99999999999999999999999999")]
    public void A_number_in_any_other_form_is_no_id(string? number)
    {
        Assert.False(ConversationId.TryParse(number is null ? null : $"conv{number}", out _));
        Assert.False(MessageId.TryParse(number is null ? null : $"msg{number}", out _));
    }

    [Theory]
    [InlineData("msg_1")]
    [InlineData("Conv_1")]
    [InlineData(" conv_1")]
    [InlineData("1")]
    public void Another_prefix_is_another_thing(string text) => Assert.False(ConversationId.TryParse(text, out _));

    [Fact]
    public void A_conversation_is_no_message() => Assert.False(MessageId.TryParse("conv_1", out _));
}
