using System.Net;
using Fiko.Domain.Channels;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Telegram;

/// <summary>What core.telegram.org/bots/api shows, whole: what the package can name is posted by <see cref="ReceivingEveryKindOfUpdate"/>.</summary>
public sealed class PostingEverySample(FikoServer server) : IClassFixture<FikoServer>
{
    private const string From = """ "from":{"id":6600112233,"is_bot":false,"first_name":"نگار","language_code":"fa"},"chat":{"id":6600112233,"first_name":"نگار","type":"private"} """;

    private static readonly string[] Samples = Array.ConvertAll<string, string>(
    [
        """{ "update_id": 815000301, "message": { "…": "…" } }""",
        """{"update_id":815000302,"message":{"message_id":512,FROM,"date":1760000100,"text":"سلام، سفارش من کجاست؟"}}""",
        """{"update_id":815000303,"edited_message":{"message_id":512,FROM,"date":1760000100,"edit_date":1760000160,"text":"سلام، سفارش ۱۲۳۴ من کجاست؟"}}""",
        """
        {"update_id":815000304,"message":{"message_id":513,"date":1760000200,"chat":{"id":6600112233,"type":"private","first_name":"نگار"},"caption":"این رسید است",
        "photo":[{"file_id":"AgAC-small","file_unique_id":"u1s","width":67,"height":90,"file_size":1203},{"file_id":"AgAC-big","file_unique_id":"u1b","width":960,"height":1280,"file_size":141022}]}}
        """,
        """{"update_id":815000305,"message":{"message_id":514,FROM,"date":1760000300,"text":"این یکی","reply_to_message":{"message_id":512,"date":1760000100,"chat":{"id":6600112233,"type":"private"},"text":"سلام"}}}""",
        """{"update_id":815000306,"message":{"message_id":515,FROM,"date":1760000310,"text":"داستان","reply_to_story":{"chat":{"id":-1001,"type":"channel","title":"C"},"id":7}}}""",
        """{"update_id":815000307,"message":{"message_id":516,FROM,"date":1760000320,"forward_origin":{"type":"chat","sender_chat":{"id":-1002,"type":"supergroup","title":"Shop"},"date":1},"text":"forwarded"}}""",
        """{"update_id":815000308,"my_chat_member":{"chat":{"id":6600112233,"type":"private"},"from":{"id":6600112233},"date":1760000330,"old_chat_member":{"status":"member"},"new_chat_member":{"status":"kicked","until_date":0}}}""",
        """{"update_id":815000309,"message":{"message_id":9,"from":{"id":5,"is_bot":false,"first_name":"A"},"chat":{"id":-1009,"type":"group","title":"G"},"date":1760000340,"migrate_to_chat_id":-1001009}}""",
        """{"update_id":815000310,"deleted_business_messages":{"business_connection_id":"b","chat":{"id":1,"type":"private"},"message_ids":[1,2]}}""",
        """{"update_id":815000311,"guest_message":{"text":"hi"}}""",
        """{"update_id":815000312,"subscription":{}}""",
        """{"update_id":815000313,"managed_bot":{"bot":{"id":1}}}""",
        """{"update_id":815000314}""",
    ],
    sample => sample.Replace("FROM", From, StringComparison.Ordinal));

    [Fact]
    public async Task Each_is_a_readable_message_or_is_kept_with_the_reason_why_not()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var secret = await telegram.SecretAsync();

        foreach (var sample in Samples)
        {
            var answer = await telegram.PostUpdateAsync(sample, secret);
            Assert.True((answer.Status, answer.Text) is (HttpStatusCode.OK, ""), $"{answer.Status} for {sample}");
        }

        var stored = await telegram.SettledUpdatesAsync(Samples.Length);
        Assert.Equal(Samples, stored.Select(u => u.Body));
        Assert.All(stored, u => Assert.True(u.Status is InboundStatus.Processed || !string.IsNullOrWhiteSpace(u.Reason), $"{u.Status} {u.Reason}: {u.Body}"));
        var chat = await telegram.ReadChatAsync(await ConversationAsync(telegram));
        Assert.Equal(
            ["سلام، سفارش ۱۲۳۴ من کجاست؟", "[photo] این رسید است", "این یکی", "[reply to a story]\nداستان", "[forwarded from Shop]\nforwarded"],
            chat.Select(m => m.GetProperty("content").GetString()));
        Assert.Equal(chat[0].GetProperty("id").GetString(), chat[2].GetProperty("reply_to").GetString());
        Assert.Empty(server.Log.Errors);
    }

    private static async Task<string> ConversationAsync(TelegramWorkspace telegram)
    {
        await using var list = await telegram.Workspace.OpenListAsync(telegram.Owner);
        await list.SendAsync(new { type = "get_conversations" });
        return Assert.Single((await list.NextAsync("conversations_list")).GetProperty("conversations").EnumerateArray()).GetProperty("id").GetString()!;
    }
}
