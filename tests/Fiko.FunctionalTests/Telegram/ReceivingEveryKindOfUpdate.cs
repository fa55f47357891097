using System.Net;
using System.Text.Json;
using Fiko.Domain.Channels;
using Fiko.FunctionalTests.Hosting;
using Telegram.Bot.Types.Enums;

namespace Fiko.FunctionalTests.Telegram;

/// <summary>
/// Whatever the package can name, and every shape that Telegram's own pages show, is taken with 200 and is then a readable
/// message or a stored update with the reason why it is none.
/// </summary>
public sealed class ReceivingEveryKindOfUpdate(FikoServer server) : IClassFixture<FikoServer>
{
    private const string Chat = "\"from\":{\"id\":9,\"is_bot\":false,\"first_name\":\"Negar\"},\"chat\":{\"id\":9,\"type\":\"private\",\"first_name\":\"Negar\"},\"date\":1760000100";

    private static readonly string[] Samples =
    [
        """ "text":"سلام، سفارش من کجاست؟" """,
        """ "text":"/start shop","entities":[{"type":"bot_command","offset":0,"length":6}] """,
        """ "caption":"این رسید است","photo":[{"file_id":"s","file_unique_id":"u1","width":67,"height":90,"file_size":1203},{"file_id":"b","file_unique_id":"u2","width":960,"height":1280}] """,
        """ "media_group_id":"13579","photo":[{"file_id":"b","file_unique_id":"u2","width":960,"height":1280}] """,
        """ "media_group_id":"13579","video":{"file_id":"v","file_unique_id":"uv","duration":3,"width":3,"height":4} """,
        """ "document":{"file_id":"d","file_unique_id":"ud","file_name":"big.zip","file_size":30000000} """,
        """ "animation":{"file_id":"g","duration":1},"document":{"file_id":"g2","file_name":"a.gif"} """,
        """ "venue":{"title":"Café","address":"Valiasr","location":{"latitude":35.7,"longitude":51.4}},"location":{"latitude":35.7,"longitude":51.4} """,
        """ "text":"passed on","forward_origin":{"type":"hidden_user","sender_user_name":"Somebody","date":1} """,
        """ "text":"yes","quote":{"text":"the blue one","position":4,"is_manual":true},"external_reply":{"origin":{"type":"channel"}} """,
        """ "text":"old","thumb":{},"forward_from":{"id":1} """,
    ];

    [Fact]
    public async Task Each_is_a_message_or_has_a_reason()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var secret = await telegram.SecretAsync();
        string[] updates =
        [
            .. Names<UpdateType>().Select(kind => $$"""{"{{kind}}":{"id":"1","message_id":5,{{Chat}},"text":"hi","new_chat_member":{"status":"kicked"},"new_reaction":[{"type":"emoji","emoji":"👍"}]}"""),
            .. Names<MessageType>().SelectMany((kind, i) => new[] { "{}", "[]", "true", "-100123", "\"words\"" }.Select((inside, j) => Message((100 * (i + 1)) + j, $"\"{kind}\":{inside}"))),
            .. Samples.Select((sample, i) => Message(90_000 + i, sample)),
            .. Samples.Select((sample, i) => Message(90_000 + i, $"\"edit_date\":1760000200,{sample}").Replace("{\"message\"", "{\"edited_message\"", StringComparison.Ordinal)),
        ];

        foreach (var update in updates)
        {
            var body = $"{{\"update_id\":{TelegramWorkspace.NewUpdateId()},{update[1..]}}}";
            var answer = await telegram.PostUpdateAsync(body, secret);
            Assert.True((answer.Status, answer.Text) is (HttpStatusCode.OK, ""), $"{answer.Status} {answer.Text} for {body}");
        }

        var stored = await telegram.SettledUpdatesAsync(updates.Length);
        Assert.Equal(updates.Length, stored.Count);
        Assert.All(stored, u => Assert.True(u.Status is InboundStatus.Processed || !string.IsNullOrWhiteSpace(u.Reason), $"{u.Status} {u.Reason}: {u.Body}"));
        Assert.DoesNotContain(stored, u => u.Status is InboundStatus.Failed);
        Assert.Empty(server.Log.Errors);
        var messages = await telegram.ReadChatAsync(await ConversationAsync(telegram));
        Assert.All(messages, m => Assert.False(string.IsNullOrWhiteSpace(m.GetProperty("content").GetString())));
        Assert.Equal("[forwarded from Somebody]\npassed on", Assert.Single(messages, m => m.GetProperty("content").GetString()!.EndsWith("passed on", StringComparison.Ordinal)).GetProperty("content").GetString());
    }

    private static string Message(int id, string fields) => $"{{\"message\":{{\"message_id\":{id},{Chat},{fields}}}";

    private static IEnumerable<string> Names<TKind>()
        where TKind : struct, Enum => Enum.GetNames<TKind>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName);

    private static async Task<string> ConversationAsync(TelegramWorkspace telegram)
    {
        await using var list = await telegram.Workspace.OpenListAsync(telegram.Owner);
        await list.SendAsync(new { type = "get_conversations" });
        var conversations = (await list.NextAsync("conversations_list")).GetProperty("conversations").EnumerateArray();
        return Assert.Single(conversations).GetProperty("id").GetString()!;
    }
}
