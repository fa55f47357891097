using System.Net;
using System.Text.Json;

namespace Fiko.FunctionalTests.Hosting;

/// <summary>What the customers of one bot do and see in the sandbox (running.md, The sandbox).</summary>
public sealed class CustomersSide(HttpClient sandbox, string bot)
{
    private static long _lastCustomer = 500_000_000 + Random.Shared.Next(100_000_000);

    public static long NewCustomer() => Interlocked.Increment(ref _lastCustomer);

    /// <returns>The id of the update.</returns>
    public Task<long> WriteAsync(long customer, string text, int? replyTo = null) =>
        PostAsync($"customers/{customer}/messages", new { text, reply_to = replyTo, first_name = "Negar", last_name = $"{customer}" });

    /// <summary>The customer sends something that is no text.</summary>
    public Task<long> SendAsync(long customer, string kind, string? caption = null) => PostAsync($"customers/{customer}/{kind}", new { caption, first_name = "Negar" });

    /// <summary>Anything else that a customer does in their chat: block, react, show a picture …</summary>
    public async Task DoAsync(long customer, string what, object? body = null)
    {
        var answer = await sandbox.CallAsync(HttpMethod.Post, $"/sandbox/telegram/customers/{customer}/{what}?bot={bot}", body ?? new { });
        Assert.True((int)answer.Status is >= 200 and < 300, $"{what}: {answer.Status} {answer.Text}");
    }

    public Task<long> EditAsync(long customer, int message, string text) => PostAsync($"customers/{customer}/messages/{message}/edit", new { text });

    public Task<long> WriteInGroupAsync(long group, long from, string text) => PostAsync($"groups/{group}/messages", new { text, from });

    public Task<IReadOnlyList<SeenMessage>> SeesAsync(long customer) => LookAsync($"customers/{customer}/messages");

    public Task<IReadOnlyList<SeenMessage>> GroupSeesAsync(long group) => LookAsync($"groups/{group}/messages");

    /// <summary>The bot's messages alone, oldest first.</summary>
    public async Task<string[]> AnswersAsync(long customer) => [.. (await SeesAsync(customer)).Where(m => m.From == "bot").Select(m => m.Text)];

    /// <summary>The next calls of sendMessage fail, of whatever bot: a test that does this has its sandbox for itself.</summary>
    public async Task FailNextAsync(string kind, int count = 1, int retryAfter = 1)
    {
        var answer = await sandbox.CallAsync(HttpMethod.Put, "/sandbox/telegram/faults", new { kind, count, retry_after = retryAfter });
        Assert.Equal(HttpStatusCode.NoContent, answer.Status);
    }

    public async Task<int> FaultsLeftAsync() =>
        (await sandbox.CallAsync(HttpMethod.Get, "/sandbox/telegram/faults")).Json.GetProperty("count").GetInt32();

    /// <summary>Returns when a send has run into each fault.</summary>
    public Task MeetFaultsAsync() => Eventually.SeesAsync(FaultsLeftAsync, left => left == 0, "the faults to be met");

    private async Task<long> PostAsync(string path, object body)
    {
        var answer = await sandbox.CallAsync(HttpMethod.Post, $"/sandbox/telegram/{path}?bot={bot}", body);
        Assert.True(answer.Status is HttpStatusCode.Accepted, $"{path}: {answer.Status} {answer.Text}");
        return answer.Json.GetProperty("update_id").GetInt64();
    }

    private async Task<IReadOnlyList<SeenMessage>> LookAsync(string path)
    {
        var answer = await sandbox.CallAsync(HttpMethod.Get, $"/sandbox/telegram/{path}?bot={bot}");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return [.. answer.Json.GetProperty("items").EnumerateArray().Select(SeenMessage.Read)];
    }
}

public sealed record SeenMessage(int Id, string From, string Kind, string Text, DateTimeOffset Date, int? ReplyTo, bool IsDeleted)
{
    /// <summary>With <c>name</c>, <c>media_type</c> and the <c>url</c> of its bytes.</summary>
    public IReadOnlyList<JsonElement> Files { get; init; } = [];

    public static SeenMessage Read(JsonElement item) => new(
        item.GetProperty("id").GetInt32(),
        item.GetProperty("from").GetString()!,
        item.GetProperty("kind").GetString()!,
        item.GetProperty("text").GetString()!,
        item.GetProperty("date").GetDateTimeOffset(),
        item.GetProperty("reply_to").ValueKind is JsonValueKind.Null ? null : item.GetProperty("reply_to").GetInt32(),
        item.TryGetProperty("deleted", out var deleted) && deleted.GetBoolean())
    {
        Files = item.TryGetProperty("files", out var files) ? [.. files.EnumerateArray()] : [],
    };
}
