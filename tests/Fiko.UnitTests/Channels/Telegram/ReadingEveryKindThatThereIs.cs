using System.Text.Json;
using Fiko.Application.Channels;
using Fiko.Infrastructure.Channels.Telegram;
using Telegram.Bot.Types.Enums;

namespace Fiko.UnitTests.Channels.Telegram;

/// <summary>Whatever the package can name, a newer version's additions included, is a message to be read or has a reason to be none.</summary>
public sealed class ReadingEveryKindThatThereIs
{
    public static TheoryData<UpdateType> Updates => [.. Enum.GetValues<UpdateType>()];

    public static TheoryData<MessageType> Messages => [.. Enum.GetValues<MessageType>()];

    [Theory]
    [MemberData(nameof(Updates))]
    public void An_update_of_each_kind_says_something(UpdateType type)
    {
        var inner = $$"""{"message_id":5,"id":"1","date":1760000100,"edit_date":1760000101,"from":{"id":9,"is_bot":false,"first_name":"A"},"chat":{"id":9,"type":"private"},"text":"hi","new_chat_member":{"status":"kicked"},"new_reaction":[]}""";

        AssertSaysSomething(TelegramReader.Read($$"""{"update_id":7,"{{NameOf(type)}}":{{inner}}}"""));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_of_each_kind_says_something_whatever_stands_in_it(MessageType type)
    {
        foreach (var inside in (string[])["{}", "[]", "true", "-100123", "\"words\"", "[{}]", "{\"text\":{},\"blocks\":[7]}"])
        {
            foreach (var chat in (string[])["private", "group", "supergroup", "channel"])
            {
                var news = TelegramReader.Read(
                    $$$"""{"update_id":7,"message":{"message_id":5,"date":1,"from":{"id":9,"first_name":"A"},"chat":{"id":9,"type":"{{{chat}}}"},"{{{NameOf(type)}}}":{{{inside}}}}}""");

                AssertSaysSomething(news);
                Assert.True(chat is "private" || news is not CustomerWrote);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Each_kind_is_known_to_be_said_by_somebody_or_by_telegram(MessageType type)
    {
        var news = TelegramReader.Read($$$"""{"update_id":7,"message":{"message_id":5,"date":1,"chat":{"id":9,"type":"private"},"{{{NameOf(type)}}}":{} }}""");

        Assert.Equal(type is MessageType.Unknown or MessageType.Text, news is CustomerWrote { Kind: "unsupported" });
    }

    private static string NameOf<TKind>(TKind kind)
        where TKind : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    private static void AssertSaysSomething(InboundNews news)
    {
        var said = news switch
        {
            CustomerWrote wrote => wrote.Content,
            CustomerEdited edited => edited.Content,
            NothingToDo nothing => nothing.Reason,
            GroupWrote or ChatMoved or CustomerReacted or CustomerBlocked => "itself",
            _ => "",
        };
        Assert.False(string.IsNullOrWhiteSpace(said), $"{news}");
    }
}
