using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Crash;

/// <summary>One conversation under load: a customer who writes, two agents who answer, and what must be true of it in the end.</summary>
internal sealed class LoadedChat(ServerProcess server, CustomersSide customers, string token, long customer, string conversation)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly PersistentAgent[] _agents = [new(server, token, conversation, "one"), new(server, token, conversation, "two")];
    private readonly List<string> _written = ["Hello"];

    public Task RunAsync(CancellationToken ct) => Task.WhenAll([WriteAsync(ct), .. _agents.Select(a => a.RunAsync(ct))]);

    /// <summary>Returns when each agent has been shown that much on the connection that it has now.</summary>
    public Task ShowsAsync(int frames) => Eventually.SeesAsync(() => Task.FromResult(_agents.Min(a => a.ShownNow)), shown => shown >= frames, "frames of the chat", TimeSpan.FromSeconds(60));

    public async Task<bool> HasEverythingWrittenAsync() => (await ReadAllAsync()).Count(m => TypeOf(m) == "customer") == _written.Count;

    /// <returns>How many messages it holds.</returns>
    public async Task<int> VerifyAsync()
    {
        var all = await ReadAllAsync();
        Assert.Equal(Enumerable.Range(1, all.Count), all.Select(m => m.GetProperty("seq").GetInt32()));
        Assert.Equal(_written, all.Where(m => TypeOf(m) == "customer").Select(Content));
        VerifyFrames(all);
        await VerifySendsAsync([.. all.Where(m => TypeOf(m) == "support")]);
        return all.Count;
    }

    // What a client was shown is there, in its place, once.
    private void VerifyFrames(List<JsonElement> all)
    {
        var byId = all.ToDictionary(m => m.GetProperty("id").GetString()!);
        foreach (var frames in _agents.SelectMany(a => a.Connections).Where(c => c.Count > 0))
        {
            var shown = frames.ConvertAll(f => f.GetProperty("message"));
            Assert.Equal(Enumerable.Range(shown[0].GetProperty("seq").GetInt32(), shown.Count), shown.Select(m => m.GetProperty("seq").GetInt32()));
            Assert.All(shown, m => Assert.Equal(
                (m.GetProperty("seq").GetInt32(), Content(m)),
                (byId[m.GetProperty("id").GetString()!].GetProperty("seq").GetInt32(), Content(byId[m.GetProperty("id").GetString()!]))));
        }
    }

    // No answer twice, on either side; what counts as sent is there, what failed is not, and the order is the same.
    private async Task VerifySendsAsync(List<JsonElement> answers)
    {
        var texts = answers.ConvertAll(Content);
        Assert.Equal(texts.Distinct(), texts);
        Assert.Subset(_agents.SelectMany(a => a.Said).ToHashSet(), texts.ToHashSet());
        Assert.All(answers, a => Assert.Contains(StatusOf(a), (string[])["sent", "uncertain", "failed"]));

        var arrived = await customers.AnswersAsync(customer);
        Assert.Equal(texts.Where(arrived.Contains), arrived);
        Assert.Subset(arrived.ToHashSet(), answers.Where(a => StatusOf(a) == "sent").Select(Content).ToHashSet());
        Assert.DoesNotContain(answers, a => StatusOf(a) == "failed" && arrived.Contains(Content(a)));
    }

    private async Task WriteAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            _written.Add($"customer {_written.Count}");
            await customers.WriteAsync(customer, _written[^1]);
            await Task.Delay(Pause, TimeProvider.System, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<List<JsonElement>> ReadAllAsync()
    {
        await using var chat = await FikoSocket.OpenAsync(server.Socket($"/ws/chat/{conversation}/?token={token}"));
        var all = new List<JsonElement>();
        while (true)
        {
            await chat.SendAsync(new { type = "get_messages", after = all.Count, limit = 200 });
            var page = await chat.NextAsync("message_history");
            all.AddRange(page.GetProperty("messages").EnumerateArray());
            if (!page.GetProperty("has_more").GetBoolean())
            {
                return all;
            }
        }
    }

    private static string Content(JsonElement message) => message.GetProperty("content").GetString()!;

    private static string? TypeOf(JsonElement message) => message.GetProperty("type").GetString();

    private static string? StatusOf(JsonElement message) => message.GetProperty("status").GetString();
}
