using System.Text;
using Fiko.Application.Channels;
using Fiko.Infrastructure.Channels.Telegram;

namespace Fiko.UnitTests.Channels.Telegram;

public sealed class ReadingABrokenUpdate
{
    private static readonly string[] Good =
    [
        """
        {"update_id":815000302,"message":{"message_id":512,"from":{"id":6600112233,"is_bot":false,"first_name":"\u0646گار","username":"n"},"chat":{"id":6600112233,"type":"private"},"date":1760000100,"text":"سلام \ud83d\ude00","reply_to_message":{"message_id":3,"chat":{"id":6600112233}},"photo":[{"width":1}],"location":{"latitude":35.7,"longitude":51.4},"caption":"c"}}
        """,
        """
        {"update_id":815000303,"message":{"message_id":513,"from":{"id":66,"first_name":"A"},"chat":{"id":66,"type":"private"},"date":1760000100,"media_group_id":"13","caption":"\ud83d\ude00","photo":[{"file_id":"a","width":67,"height":90,"file_size":1203},{"file_id":"b","width":960,"height":1280}],"forward_origin":{"type":"user","sender_user":{"first_name":"\ud83d\ude00"}},"quote":{"text":"q","is_manual":true}}}
        """,
        """
        {"update_id":815000304,"edited_message":{"message_id":513,"from":{"id":66,"first_name":"A"},"chat":{"id":66,"type":"private"},"date":1760000100,"edit_date":1760000101,"paid_media":{"paid_media":[{"type":"video","video":{"file_id":"v","mime_type":"video/mp4","file_size":99999999,"duration":3}}]},"caption":"c"}}
        """,
        """
        {"update_id":815000305,"message_reaction":{"chat":{"id":66,"type":"private"},"message_id":513,"user":{"id":66},"date":1760000100,"old_reaction":[],"new_reaction":[{"type":"emoji","emoji":"\ud83d\udc4d"},{"type":"paid"}]}}
        """,
        """
        {"update_id":815000306,"my_chat_member":{"chat":{"id":66,"type":"private"},"from":{"id":66},"date":1760000100,"old_chat_member":{"status":"member"},"new_chat_member":{"status":"kicked","until_date":0}}}
        """,
        """
        {"update_id":815000307,"message":{"message_id":1,"chat":{"id":-66,"type":"group"},"date":1760000100,"migrate_to_chat_id":-10066,"rich_message":{"blocks":[{"type":"p","text":["a",{"text":"b"}]}]}}}
        """,
    ];

    private static readonly string[] Scraps =
    [
        "null", "[]", "{}", "\"\"", "-1", "1e999", "99999999999999999999999", "0.5", "true", "\"\\ud83d\"", "\"\\u0000\"", "{", "}", "[", "]", "\"", ",", ":", "\\", "\\u", "\uD83D", "\0", "{\"id\":", "[[[[[[",
    ];

    public static TheoryData<string> Oddities =>
    [
        "", " ", "null", "true", "1", "[]", "[{}]", "\"text\"", "{", "{\"update_id\":", "\uFEFF", "not json", "<html></html>", "\uD83D", "\\ud83d", "\\", "\\u",
        "{\"update_id\":1.5}", "{\"update_id\":null}", "{\"update_id\":{}}", "{\"update_id\":1e400}", "{\"update_id\":-0}",
        "{\"message\":null}", "{\"message\":[]}", "{\"message\":{}}", "{\"message\":{\"chat\":7}}", "{\"message\":{\"chat\":{}}}",
        "{\"message\":{\"chat\":{\"id\":1.5,\"type\":\"private\"}}}", "{\"message\":{\"chat\":{\"id\":5,\"type\":\"private\"}}}",
        "{\"message\":{\"message_id\":[],\"chat\":{\"id\":5,\"type\":\"private\"},\"from\":[],\"text\":{}}}",
        "{\"\\ud83d\":1}", "{\"message\":{\"chat\":{\"id\":5,\"type\":\"private\"},\"\\udc00\":{},\"message_id\":1}}", "{\"edited_message\":{}}",
    ];

    [Theory]
    [MemberData(nameof(Oddities))]
    public void It_always_has_an_identity_and_a_meaning(string body) => AssertHolds(body);

    [Fact]
    public void However_deep_it_is()
    {
        foreach (var depth in (int[])[100, 1000, 500_000])
        {
            AssertHolds(new string('[', depth));
            AssertHolds(string.Concat(Enumerable.Repeat("{\"message\":", depth)));
            AssertHolds($"{string.Concat(Enumerable.Repeat("{\"message\":", depth))}1{new string('}', depth)}");
        }
    }

    [Fact]
    public void However_long_it_is()
    {
        AssertHolds(new string('x', 1 << 20));
        AssertHolds($"{{\"update_id\":1,\"message\":{{\"message_id\":1,\"chat\":{{\"id\":1,\"type\":\"private\"}},\"text\":\"{new string('س', 1 << 20)}\"}}}}");
        AssertHolds(string.Concat(Enumerable.Repeat("\\ud83d", 1 << 17)));
    }

    [Fact]
    public void However_it_was_damaged()
    {
        var random = new Random(2026);
        for (var round = 0; round < 5000; round++)
        {
            AssertHolds(Damage(random));
        }
    }

    [Fact]
    public void Without_a_number_the_body_itself_is_the_key()
    {
        var one = TelegramReader.Identify("not json");

        Assert.Matches("^sha256:[0-9a-f]{64}$", one.Key);
        Assert.Equal(one, TelegramReader.Identify("not json"));
        Assert.NotEqual(one, TelegramReader.Identify("not json "));
    }

    [Fact]
    public void What_is_no_json_says_so() => Assert.Equal(new NotUnderstood("Not JSON"), TelegramReader.Read("{"));

    private static string Damage(Random random)
    {
        var body = new StringBuilder(Good[random.Next(Good.Length)]);
        for (var hits = random.Next(1, 5); hits > 0 && body.Length > 1; hits--)
        {
            var at = random.Next(body.Length);
            var length = random.Next(0, Math.Min(20, body.Length - at));
            body.Remove(at, length).Insert(at, random.Next(3) > 0 ? Scraps[random.Next(Scraps.Length)] : "");
        }

        return body.ToString();
    }

    private static void AssertHolds(string body)
    {
        var identity = TelegramReader.Identify(body);
        var news = TelegramReader.Read(body);

        Assert.InRange(identity.Key.Length, 1, 71);
        Assert.InRange(identity.Lane.Length, 0, 20);
        switch (news)
        {
            case CustomerWrote wrote:
                Assert.False(string.IsNullOrWhiteSpace(wrote.Content) || wrote.ExternalId.Length == 0 || wrote.Chat.Length == 0);
                Assert.InRange(wrote.Content.Length, 1, 8192);
                Assert.InRange(wrote.Kind.Length, 1, 32);
                Assert.InRange(wrote.Album?.Length ?? 1, 1, 64);
                Assert.True(IsWhole(wrote.Content) && IsWhole(wrote.Profile.FirstName) && IsWhole(wrote.Caption ?? ""));
                Assert.All(wrote.Files, AssertHolds);
                break;
            case CustomerEdited edited:
                Assert.True(IsWhole(edited.Content) && IsWhole(edited.Caption ?? "") && edited.Order >= 0);
                break;
            case CustomerReacted reacted:
                Assert.True(IsWhole(reacted.Emoji ?? "") && reacted.Emoji is not "" && reacted.Order >= 0);
                break;
            case CustomerBlocked blocked:
                Assert.True(blocked.Order >= 0);
                break;
            case NothingToDo nothing:
                Assert.InRange(nothing.Reason.Length, 1, 500);
                break;
            case NotUnderstood unclear:
                Assert.InRange(unclear.Reason.Length, 1, 500);
                break;
        }
    }

    private static void AssertHolds(InboundFile file)
    {
        Assert.True(file.RemoteId is null != file.Problem is null);
        Assert.InRange(file.RemoteId?.Length ?? 1, 1, 4000);
        Assert.InRange(file.Name?.Length ?? 1, 1, 255);
        Assert.InRange(file.MediaType?.Length ?? 1, 1, 100);
        Assert.True((file.Size ?? 0) >= 0 && (file.Width ?? 0) >= 0 && (file.Height ?? 0) >= 0 && (file.Duration ?? 0) >= 0);
    }

    private static bool IsWhole(string text) => !text.Contains('\0') && text == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
