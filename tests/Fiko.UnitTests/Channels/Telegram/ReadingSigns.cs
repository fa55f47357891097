using Fiko.Application.Channels;
using Fiko.Infrastructure.Channels.Telegram;

namespace Fiko.UnitTests.Channels.Telegram;

public sealed class ReadingSigns
{
    private const long Order = (1760000100L << 31) + 7;

    [Theory]
    [InlineData("""[{"type":"emoji","emoji":"👍"}]""", "👍")]
    [InlineData("""[{"type":"emoji","emoji":"❤"},{"type":"emoji","emoji":"🔥"}]""", "❤🔥")]
    [InlineData("""[{"type":"custom_emoji","custom_emoji_id":"5368"}]""", "❓")]
    [InlineData("""[{"type":"paid"},{"type":"new"}]""", "⭐❓")]
    [InlineData("""[{"type":"emoji"}]""", "❓")]
    [InlineData("[]", null)]
    public void A_reaction_is_what_stands_there_now(string now, string? emoji) =>
        Assert.Equal(new CustomerReacted("9", "77", emoji, Order), Reaction(now));

    [Fact]
    public void No_reaction_is_longer_than_can_be_kept()
    {
        var many = string.Join(',', Enumerable.Repeat("""{"type":"emoji","emoji":"👨‍👩‍👧‍👦👨‍👩‍👧‍👦"}""", 50));

        Assert.InRange(Assert.IsType<CustomerReacted>(Reaction($"[{many}]")).Emoji!.Length, 1, 100);
    }

    [Fact]
    public void A_reaction_in_a_group_is_nobodys_to_answer() => Assert.IsType<NothingToDo>(TelegramReader.Read(
        """{"update_id":7,"message_reaction":{"chat":{"id":-9,"type":"supergroup"},"message_id":77,"date":1,"new_reaction":[{"type":"emoji","emoji":"👍"}]}}"""));

    [Theory]
    [InlineData("""{"message_reaction":{"chat":{"type":"private"},"message_id":77,"new_reaction":[]}}""")]
    [InlineData("""{"message_reaction":{"chat":{"id":9,"type":"private"},"new_reaction":[]}}""")]
    [InlineData("""{"message_reaction":{"chat":{"id":9,"type":"private"},"message_id":77}}""")]
    [InlineData("""{"message_reaction":7}""")]
    [InlineData("""{"my_chat_member":{}}""")]
    public void A_sign_with_a_part_missing_says_so(string body) => Assert.IsType<NotUnderstood>(TelegramReader.Read(body));

    [Theory]
    [InlineData("kicked", true)]
    [InlineData("member", false)]
    public void Shutting_the_bot_out_and_letting_it_in_are_told(string status, bool blocked) =>
        Assert.Equal(new CustomerBlocked("9", blocked, Order), Membership("private", status));

    [Theory]
    [InlineData("group", "kicked")]
    [InlineData("channel", "administrator")]
    [InlineData("private", "restricted")]
    public void Every_other_membership_is_left(string type, string status) => Assert.IsType<NothingToDo>(Membership(type, status));

    [Fact]
    public void A_group_that_became_a_supergroup_has_moved_whichever_of_the_two_says_so()
    {
        Assert.Equal(new ChatMoved("-9", "-1009"), Group("-9", "group", "\"migrate_to_chat_id\":-1009"));
        Assert.Equal(new ChatMoved("-9", "-1009"), Group("-1009", "supergroup", "\"migrate_from_chat_id\":-9"));
    }

    [Fact]
    public void What_happened_later_has_the_higher_order_even_after_the_numbers_began_anew()
    {
        long[] orders =
        [
            OrderOf("100", 2_000_000_000), OrderOf("101", 5), OrderOf("101", 6), OrderOf("102", int.MaxValue), OrderOf("103", 0), OrderOf("4294967295", int.MaxValue),
        ];

        Assert.Equal(orders.Order(), orders);
        Assert.Equal(orders.Length, orders.Distinct().Count());
        Assert.Equal(long.MaxValue, orders[^1]);
    }

    [Theory]
    [InlineData("-1", -1)]
    [InlineData("99999999999999", 1)]
    [InlineData("1e400", 1)]
    [InlineData("null", long.MinValue)]
    public void Whatever_the_numbers_are_there_is_an_order(string date, long update) => Assert.InRange(OrderOf(date, update), 0, long.MaxValue);

    private static long OrderOf(string date, long update) => Assert.IsType<CustomerBlocked>(TelegramReader.Read(
        $$$"""{"update_id":{{{update}}},"my_chat_member":{"chat":{"id":9,"type":"private"},"date":{{{date}}},"new_chat_member":{"status":"kicked"} }}""")).Order;

    private static InboundNews Reaction(string now) => TelegramReader.Read(
        $$$"""{"update_id":7,"message_reaction":{"chat":{"id":9,"type":"private"},"message_id":77,"user":{"id":9,"first_name":"A"},"date":1760000100,"old_reaction":[],"new_reaction":{{{now}}}}}""");

    private static InboundNews Membership(string type, string status) => TelegramReader.Read(
        $$$"""{"update_id":7,"my_chat_member":{"chat":{"id":9,"type":"{{{type}}}"},"from":{"id":9},"date":1760000100,"new_chat_member":{"status":"{{{status}}}"} }}""");

    private static InboundNews Group(string chat, string type, string fields) => TelegramReader.Read(
        $$$"""{"update_id":7,"message":{"message_id":5,"date":1,"from":{"id":9},"chat":{"id":{{{chat}}},"type":"{{{type}}}"},{{{fields}}}}}""");
}
