using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.BadInput;

public sealed partial class BadUpdatesOnTheWebhook(TalkativeServer server) : IClassFixture<TalkativeServer>
{
    private const string Private = "a-text-that-nobody-else-may-read";

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1.5", "1e400", new('9', 400), "2147483648", "9223372036854775808", "\"\"", "\"x\"", "\"\\ud800\"", "[]", "[1]", "{}", "{\"id\":1}",
        new string('[', 40) + new string(']', 40), new string('[', 5000) + new string(']', 5000),
    ];

    [Fact]
    public async Task Each_authentic_one_is_answered_200_and_the_next_customer_gets_through()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var secret = await telegram.SecretAsync();
        var bodies = Bodies(new Random(20261123)).ToList();
        Assert.True(bodies.Count >= 200, $"{bodies.Count}");

        var answers = new List<HttpStatusCode>();
        foreach (var body in bodies)
        {
            answers.Add(await PostAsync(telegram.Channel, secret, body));
        }

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status));

        // Kept, each of them; where a number came again, the first with it.
        var stored = await telegram.UpdatesAsync();
        var (whole, keys) = (stored.Select(u => u.Body).ToHashSet(), stored.Select(u => u.Key).ToHashSet());
        Assert.All(bodies.Select(Encoding.UTF8.GetString), text => Assert.True(whole.Contains(text) || Array.Exists(Numbers(text), keys.Contains), $"Lost: {text}"));
        var conversation = await telegram.BeginAsync(6_600_001, "still here");
        Assert.Equal("still here", (await telegram.ReadChatAsync(conversation)).Single().GetProperty("content").GetString());
        Assert.Empty(server.Log.Errors);
        server.Log.AssertNever(Private, secret);
    }

    [Fact]
    public async Task None_that_is_not_authentic_is_stored()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var secret = await telegram.SecretAsync();
        string?[] wrong = [null, "", " ", secret[..^1], secret + "x", secret.ToUpperInvariant() + "x", new('x', 10_000)];

        foreach (var guess in wrong)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(telegram.Channel, guess, Encoding.UTF8.GetBytes("{\"update_id\":1}")));
        }

        Assert.Empty(await telegram.UpdatesAsync());
    }

    private async Task<HttpStatusCode> PostAsync(long channel, string? secret, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/webhooks/telegram/{channel}") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        if (secret is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Telegram-Bot-Api-Secret-Token", secret);
        }

        using var answer = await server.Http.SendAsync(request);
        return answer.StatusCode;
    }

    private static IEnumerable<byte[]> Bodies(Random chance)
    {
        var update = 5_000_000;
        string Good() => string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"update_id":{{{++update}}},"message":{"message_id":{{{update}}},"from":{"id":77,"is_bot":false,"first_name":"N"},"chat":{"id":77,"type":"group"},"date":1760000000,"text":"{{{Private}}}"}}""");

        foreach (var value in Values)
        {
            yield return Utf8(value);
            yield return Utf8($"{{\"update_id\":{value}}}");
            yield return Utf8($"{{\"update_id\":{++update},\"message\":{value}}}");
            yield return Utf8($"{{\"update_id\":{++update},\"edited_message\":{value}}}");
            foreach (var field in new[] { "message_id", "from", "chat", "date", "photo", "entities" })
            {
                yield return Utf8(Good().Replace("\"text\":", $"\"{field}\":{value},\"text\":", StringComparison.Ordinal));
            }
        }

        yield return [];
        yield return [0xFF, 0xFE, 0x00];
        yield return [.. Utf8("{\"update_id\":1,\"message\":{\"text\":\""), 0xC3, 0x28, .. Utf8("\"}}")];
        yield return Utf8(Good().Replace(Private, new string('ش', 500_000), StringComparison.Ordinal));
        for (var n = 0; n < 60; n++)
        {
            var bytes = Utf8(Good());
            for (var changes = chance.Next(1, 6); changes > 0; changes--)
            {
                bytes[chance.Next(bytes.Length)] = (byte)chance.Next(256);
            }

            yield return n % 2 == 0 ? bytes : bytes[..chance.Next(bytes.Length)];
        }
    }

    private static string[] Numbers(string text) => [.. Number().Matches(text).Select(m => m.Value)];

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
