using System.Text;
using Fiko.Application.Channels;
using Fiko.Infrastructure.Channels.Instagram;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace Fiko.UnitTests.Channels.Instagram;

public sealed class ReadingABrokenItem
{
    private const string Good = """
        {"object":"instagram","entry":[{"id":"17841499900000001","time":1760000500123,"messaging":[{"sender":{"id":"990000000000001"},"recipient":{"id":"17841499900000001"},"timestamp":1760000600001,"message":{"mid":"aWdfZXhhbXBsZToy","text":"\u0633لام \ud83d\ude00","is_echo":false,"attachments":[{"type":"image","payload":{"url":"https://cdn.example/1.jpg","title":"t"}},{"type":"like_heart"}],"reply_to":{"mid":"m0","story":{"url":"https://cdn.example/s.mp4","id":"1"}},"quick_reply":{"payload":"P"}}},{"sender":{"id":"990000000000001"},"recipient":{"id":"17841499900000001"},"timestamp":"1760000600","reaction":{"mid":"m","action":"react","reaction":"love","emoji":"\u2764"}},{"timestamp":1,"message_edit":{"mid":"m","text":"t","num_edit":"1"}}],"changes":[{"field":"comments","value":{"id":"1"}}],"field":"mentions","value":[]}]}
        """;

    private static readonly string[] Scraps =
    [
        "null", "[]", "{}", "\"\"", "-1", "1e999", "99999999999999999999999", "0.5", "true", "\"\\ud83d\"", "\"\\u0000\"", "{", "}", "[", "]", "\"", ",", ":", "\\", "\\u", "\uD83D", "\0",
        "{\"id\":", "[[[[[[", "\"entry\":", "\"messaging\":", "\"message\":{}", "\"is_echo\":true,", "\"is_deleted\":true,", "\"mid\":\"\\u0000\",", "\"id\":\"\u200F\",",
    ];

    private static readonly InstagramWebhooks Webhooks = new(Substitute.For<IInstagramEndpoint>(), NullLogger<InstagramWebhooks>.Instance);

    public static TheoryData<string> Oddities =>
    [
        "", " ", "null", "true", "1", "[]", "[{}]", "\"text\"", "{", "{\"entry\":", "\uFEFF", "not json", "<html></html>", "\uD83D", "\\ud83d", "\\", "\\u", "{\"\\ud83d\":1}",
        Item.Wrap("null"), Item.Wrap("7"), Item.Wrap("[]"), Item.Wrap("{}"), Item.Wrap("\"x\""), Item.Wrap("{\"message\":null}"), Item.Wrap("{\"message\":{}}"),
        Item.Wrap("{\"\\udc00\":{}}"), Item.Wrap(Item.From("\"message\":[]")), Item.Wrap(Item.From("\"message\":{\"mid\":7,\"text\":{}}")),
        Item.Wrap(Item.From("\"message\":{\"mid\":\"m\",\"attachments\":{}}")), Item.Wrap(Item.From("\"message\":{\"mid\":\"m\",\"reply_to\":[]}")),
        Item.Wrap(Item.From("\"reaction\":{\"mid\":\"m\",\"action\":\"dance\"}")), Item.Wrap(Item.From("\"reaction\":{\"action\":\"react\"}")), Item.Wrap(Item.From("\"read\":{}")),
        Item.Wrap("{\"message_edit\":{\"mid\":\"m\",\"num_edit\":1}}"), Item.Wrap("{\"message_edit\":{\"text\":\"t\",\"num_edit\":1}}"), Item.Wrap("{\"message_edit\":null}"),
        Item.Wrap("{\"sender\":{\"id\":{}},\"postback\":{\"title\":\"t\"}}"), Item.Wrap(Item.From("\"\\ud83d\":{}")), Item.Change("messages", "null"), Item.Change("", "{}"),
        """{"entry":[{"id":1.5,"messaging":[{}]}]}""", """{"entry":[{"id":7,"messaging":{},"standby":7,"changes":[null,{"field":7}],"field":null}]}""",
    ];

    [Theory]
    [MemberData(nameof(Oddities))]
    public void It_always_has_an_identity_and_a_meaning(string body) => AssertHolds(body);

    [Fact]
    public void However_deep_it_is()
    {
        foreach (var depth in (int[])[100, 490, 1000, 500_000])
        {
            AssertHolds(new string('[', depth));
            AssertHolds($"{string.Concat(Enumerable.Repeat("[", depth))}{string.Concat(Enumerable.Repeat("]", depth))}");
            AssertHolds(Item.Wrap(Item.From($"\"message\":{string.Concat(Enumerable.Repeat("{\"message\":", depth))}1{new string('}', depth)}")));
        }
    }

    [Fact]
    public void However_long_it_is()
    {
        AssertHolds(new string('x', 1 << 20));
        AssertHolds(Item.Wrap(Item.From($"\"message\":{{\"mid\":\"m\",\"text\":\"{new string('س', 1 << 20)}\"}}")));
        AssertHolds(string.Concat(Enumerable.Repeat("\\ud83d", 1 << 17)));
        AssertHolds(Item.Wrap([.. Enumerable.Repeat(Item.From("\"message\":{\"mid\":\"m\",\"text\":\"hi\"}"), 1000)]));
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

    private static string Damage(Random random)
    {
        var body = new StringBuilder(Good);
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
        AssertOneHolds(body);
        var accepted = Webhooks.Read(Encoding.UTF8.GetBytes(body));
        Assert.All(accepted.Updates, update =>
        {
            Assert.InRange(update.Account.Length, 1, 100);
            Assert.Equal(InstagramReader.Identify(update.Body), new UpdateIdentity(update.Key, update.Lane));
            AssertOneHolds(update.Body);
        });
    }

    private static void AssertOneHolds(string body)
    {
        var identity = InstagramReader.Identify(body);
        Assert.InRange(identity.Key.Length, 1, 200);
        Assert.InRange(identity.Lane.Length, 0, 100);
        switch (InstagramReader.Read(body))
        {
            case CustomerWrote wrote:
                AssertFits(wrote.Chat, wrote.ExternalId, wrote.Kind, wrote.Content, wrote.Files);
                break;
            case BusinessWrote echo:
                AssertFits(echo.Chat, echo.ExternalId, echo.Kind, echo.Content, echo.Files);
                break;
            case CustomerEdited edited:
                Assert.True(IsWhole(edited.Content) && edited.Content.Length is > 0 and <= 8192 && edited.ExternalId.Length is > 0 and <= 255);
                break;
            case CustomerReacted reacted:
                Assert.True(reacted.Emoji is null or { Length: > 0 and <= 100 } && reacted.ExternalId.Length is > 0 and <= 255);
                break;
            case MessageWithdrawn withdrawn:
                Assert.InRange(withdrawn.ExternalId.Length, 1, 255);
                break;
            case CustomerRead read:
                Assert.InRange(read.ExternalId.Length, 1, 255);
                break;
            case NothingToDo nothing:
                Assert.InRange(nothing.Reason.Length, 1, 500);
                break;
            case NotUnderstood unclear:
                Assert.InRange(unclear.Reason.Length, 1, 500);
                break;
            case var other:
                Assert.Fail($"{other}");
                break;
        }
    }

    private static void AssertFits(string chat, string id, string kind, string content, IReadOnlyList<InboundFile> files)
    {
        Assert.InRange(chat.Length, 1, 100);
        Assert.InRange(id.Length, 1, 255);
        Assert.InRange(kind.Length, 1, 32);
        Assert.InRange(content.Length, 1, 8192);
        Assert.True(IsWhole(content) && !string.IsNullOrWhiteSpace(content));
        Assert.All(files, f => Assert.True(f.Name is null or { Length: <= 255 } && (f.RemoteId ?? f.Link ?? f.Problem) is { Length: > 0 and <= 4000 }));
    }

    private static bool IsWhole(string text) => !text.Contains('\0', StringComparison.Ordinal) && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;
}
