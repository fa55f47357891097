using System.Net.WebSockets;
using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Crash;

/// <summary>
/// An agent in one chat who answers without end, at a frontend that does what the documents say when the server is gone: it
/// comes back, and sends again what it never saw, under the same client_id.
/// </summary>
internal sealed class PersistentAgent(ServerProcess server, string token, string conversation, string name)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly List<string> _said = [];
    private volatile FikoSocket? _now;

    /// <summary>The chat_message frames of each connection, in the order of their arrival: what must survive.</summary>
    public List<List<JsonElement>> Connections { get; } = [];

    public IReadOnlyCollection<string> Said => _said;

    /// <summary>How many chat_message frames the connection that is open now has got.</summary>
    public int ShownNow => _now is { IsOpen: true } open ? MessagesOf(open).Count : 0;

    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await AnswerAsync(ct);
            }
            catch (Exception cut) when (cut is WebSocketException or HttpRequestException or OperationCanceledException or ObjectDisposedException)
            {
                await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
            }
        }
    }

    private async Task AnswerAsync(CancellationToken ct)
    {
        await using var chat = await FikoSocket.OpenAsync(server.Socket($"/ws/chat/{conversation}/?token={token}"));
        _now = chat;
        try
        {
            var seen = Connections.SelectMany(c => c).Select(f => f.GetProperty("message").GetProperty("content").GetString()).ToHashSet();
            foreach (var unseen in _said.Where(s => !seen.Contains(s)))
            {
                await SayAsync(chat, unseen);
            }

            while (!ct.IsCancellationRequested && chat.IsOpen)
            {
                _said.Add($"{name} {_said.Count}");
                await SayAsync(chat, _said[^1]);
                await Task.Delay(Pause, TimeProvider.System, ct);
            }
        }
        finally
        {
            _now = null;
            if (!chat.IsOpen)
            {
                await chat.ClosedAsync();
            }

            Connections.Add(MessagesOf(chat));
        }
    }

    private static List<JsonElement> MessagesOf(FikoSocket chat) =>
        [.. chat.Heard.Where(f => FikoSocket.TypeOf(f) == "chat_message" && !f.TryGetProperty("duplicate", out _))];

    private static Task SayAsync(FikoSocket chat, string text) =>
        chat.SendAsync(new { type = "chat_message", content = text, client_id = text.Replace(' ', '-') });
}
