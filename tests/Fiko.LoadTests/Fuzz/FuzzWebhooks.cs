using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Fiko.LoadTests.Fuzz;

/// <summary>Odd updates of the platforms: with the right secrets, through the sandbox that knows them, and with wrong ones.</summary>
internal sealed class FuzzWebhooks(FuzzClient client)
{
    private static readonly string[] Telegram =
    [
        """{"update_id":{n},"message":{"message_id":{n},"date":1760000000,"chat":{"id":{chat},"type":"private","first_name":"T"},"from":{"id":{chat},"is_bot":false,"first_name":"T"},"text":"Hello"}}""",
        """{"update_id":{n},"edited_message":{"message_id":1,"date":1760000000,"edit_date":1760000001,"chat":{"id":{chat},"type":"private"},"from":{"id":{chat},"is_bot":false,"first_name":"T"},"text":"Else"}}""",
        """{"update_id":{n},"message_reaction":{"chat":{"id":{chat},"type":"private"},"message_id":1,"user":{"id":{chat},"is_bot":false,"first_name":"T"},"date":1760000000,"old_reaction":[],"new_reaction":[{"type":"emoji","emoji":"👍"}]}}""",
        """{"update_id":{n},"my_chat_member":{"chat":{"id":{chat},"type":"private"},"from":{"id":{chat},"is_bot":false,"first_name":"T"},"date":1760000000,"old_chat_member":{"status":"member","user":{"id":1,"is_bot":true,"first_name":"B"}},"new_chat_member":{"status":"kicked","until_date":0,"user":{"id":1,"is_bot":true,"first_name":"B"}}}}""",
        """{"update_id":{n},"message":{"message_id":{n},"date":1760000000,"media_group_id":"g","chat":{"id":{chat},"type":"private"},"from":{"id":{chat},"is_bot":false,"first_name":"T"},"photo":[{"file_id":"none","file_unique_id":"u","width":1,"height":1,"file_size":10}],"caption":"c"}}""",
        """{"update_id":{n},"message":{"message_id":{n},"date":1760000000,"chat":{"id":{chat},"type":"private"},"from":{"id":{chat},"is_bot":false,"first_name":"T"},"contact":{"phone_number":"+98912","first_name":"C"},"reply_to_message":{"message_id":1,"date":1,"chat":{"id":{chat},"type":"private"}}}}""",
    ];

    private static readonly string[] Instagram =
    [
        """{"object":"instagram","entry":[{"id":"{account}","time":1760000000000,"messaging":[{"sender":{"id":"{chat}"},"recipient":{"id":"{account}"},"timestamp":1760000000000,"message":{"mid":"m{n}","text":"Hello"}}]}]}""",
        """{"object":"instagram","entry":[{"id":"{account}","time":1760000000000,"messaging":[{"sender":{"id":"{chat}"},"recipient":{"id":"{account}"},"timestamp":1760000000000,"message":{"mid":"m{n}","attachments":[{"type":"image","payload":{"url":"http://127.0.0.1:9/x"}}],"reply_to":{"mid":"m1"}}}]}]}""",
        """{"object":"instagram","entry":[{"id":"{account}","time":1760000000000,"messaging":[{"sender":{"id":"{chat}"},"recipient":{"id":"{account}"},"timestamp":1760000000000,"reaction":{"mid":"m1","action":"react","reaction":"love","emoji":"❤"}}]}]}""",
        """{"object":"instagram","entry":[{"id":"{account}","time":1760000000000,"messaging":[{"sender":{"id":"{chat}"},"recipient":{"id":"{account}"},"timestamp":1760000000000,"read":{"mid":"m1"}},{"sender":{"id":"{chat}"},"recipient":{"id":"{account}"},"timestamp":1760000000001,"message_edit":{"mid":"m1","text":"Else","num_edit":1}}]}]}""",
        """{"object":"instagram","entry":[{"id":"{account}","time":1760000000000,"messaging":[{"sender":{"id":"{account}"},"recipient":{"id":"{chat}"},"timestamp":1760000000000,"message":{"mid":"m{n}","text":"Echo","is_echo":true}}]}]}""",
        """{"object":"instagram","entry":[{"id":"{account}","time":1760000000000,"messaging":[{"sender":{"id":"{chat}"},"recipient":{"id":"{account}"},"timestamp":1760000000000,"postback":{"mid":"m{n}","title":"t","payload":"p"}}]}]}""",
    ];

    private readonly FuzzChance _chance = client.Chance;

    public async Task<int> PostAsync(int times, CancellationToken end)
    {
        for (var n = 0; n < times; n++)
        {
            var world = client.World;
            var telegram = _chance.OneIn(2);
            var body = Body(telegram);
            var right = !_chance.OneIn(4);
            var (path, header) = (right, telegram) switch
            {
                (true, true) => ($"/sandbox/telegram/updates?bot={world.Bot}", ("X-None", "x")),
                (true, false) => ($"/sandbox/instagram/updates?account={world.Account}", ("X-None", "x")),
                (false, true) => ($"/webhooks/telegram/{(_chance.OneIn(3) ? Uri.EscapeDataString(_chance.OddText() is { Length: < 2000 } odd ? odd : "x") : $"{world.Channels["telegram"]}")}", ("X-Telegram-Bot-Api-Secret-Token", Header())),
                _ => ("/webhooks/instagram", ("X-Hub-Signature-256", $"sha256={Header()}")),
            };
            await client.SayAsync($"webhook {path}", body, end);
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new("application/json");
            request.Headers.TryAddWithoutValidation(header.Item1, header.Item2);
            await SendAsync(request, right, end);
        }

        return times;
    }

    private async Task SendAsync(HttpRequestMessage request, bool right, CancellationToken end)
    {
        using var answer = await client.World.Http.SendAsync(request, end);
        var text = await answer.Content.ReadAsStringAsync(end);
        client.Counted($"webhook-{(int)answer.StatusCode}");
        if ((int)answer.StatusCode >= 500 || (!right && (int)answer.StatusCode is not (401 or 404 or 400 or 413)))
        {
            throw new FuzzFinding($"{request.RequestUri} was answered {(int)answer.StatusCode} {text}");
        }

        // The sandbox tells what the webhook said to a signed event.
        if (right && answer.IsSuccessStatusCode && text.Contains("\"status\":", StringComparison.Ordinal) && !text.Contains("\"status\":200", StringComparison.Ordinal) && !text.Contains("\"status\":413", StringComparison.Ordinal))
        {
            throw new FuzzFinding($"A signed webhook was answered: {text}");
        }
    }

    private byte[] Body(bool telegram)
    {
        var number = _chance.Below(1_000_000_000).ToString(CultureInfo.InvariantCulture);
        var chat = (telegram ? 700_000_000 : 980_000_000_000_000) + _chance.Below(12);
        var good = _chance.Pick(telegram ? Telegram : Instagram)
            .Replace("{n}", number, StringComparison.Ordinal)
            .Replace("{chat}", chat.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{account}", client.World.Account, StringComparison.Ordinal);
        using var read = JsonDocument.Parse(good);
        return _chance.Encode(FuzzNode.Of(read.RootElement).Mutate(_chance, _chance.Below(4)).Scribble(_chance));
    }

    private string Header() => _chance.OneIn(2) ? Convert.ToHexString(_chance.Bytes(32)) : new string([.. _chance.OddText().Where(c => c is >= ' ' and < (char)0x7f).Take(300)]);
}
