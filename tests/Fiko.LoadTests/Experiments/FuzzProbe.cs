using System.Net.Http.Json;
using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.LoadTests.Experiments;

/// <summary>An honest workspace beside the attackers: its sockets must stay open, and hear its customer the whole time.</summary>
internal sealed class FuzzProbe(IReadOnlyList<OwnProcess> servers) : IDisposable
{
    public const string Email = "honest@fiko.test";
    public const string Password = "correct horse battery";

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly List<Listener> _listeners = [];
    private string _channel = "";
    private int _written;

    public Latencies Latencies { get; } = new();

    public int Written => _written;

    public async Task OpenAsync(CancellationToken end)
    {
        var login = await PostAsync("/api/v1/auth/login", new { email = Email, password = Password });
        var token = login.GetProperty("access_token").GetString()!;
        _http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var channel = await PostAsync("/api/v1/channels", new { source = "api", name = "Honest" });
        _channel = $"/api/v1/channels/{channel.GetProperty("id").GetInt64()}/messages";
        _http.DefaultRequestHeaders.Add("X-Fiko-Channel-Key", channel.GetProperty("key").GetString());
        await WriteAsync();
        var chat = await ConversationAsync();
        foreach (var server in servers)
        {
            _listeners.Add(new Listener(null, token, _ => server.Address, Latencies));
            _listeners.Add(new Listener(chat, token, _ => server.Address, Latencies));
        }

        _listeners.ForEach(l => _ = Task.Run(() => l.RunAsync(end), CancellationToken.None));
        await UntilAsync(() => _listeners.TrueForAll(l => l.IsOpen));
        await Task.Delay(Between, TimeProvider.System, end);
        _written = 0;
    }

    /// <summary>Writes, and sees it heard everywhere, until it is told to end.</summary>
    /// <returns>What went wrong; null where nothing did.</returns>
    public async Task<string?> WatchAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await WriteAsync();
            if (!await UntilAsync(() => _listeners.TrueForAll(l => l.Heard >= _written)))
            {
                return $"An honest socket heard {_listeners.Min(l => l.Heard)} of {_written} messages after {Patience.TotalSeconds} s";
            }

            if (_listeners.Find(l => l.Connects != 1 || l.Missing + l.Doubled > 0) is { } wrong)
            {
                return $"An honest socket was opened {wrong.Connects} times, missed {wrong.Missing}, heard {wrong.Doubled} twice";
            }

            await Task.Delay(Between, TimeProvider.System, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return null;
    }

    public void Dispose() => _http.Dispose();

    private async Task WriteAsync()
    {
        var server = _written++;
        await PostAsync(_channel, new { external_id = Guid.NewGuid().ToString("N"), customer = new { external_id = "honest" }, text = $"at {TimeProvider.System.GetTimestamp()}" }, server);
    }

    private async Task<string> ConversationAsync()
    {
        while (true)
        {
            var page = await _http.GetFromJsonAsync<JsonElement>(new Uri(servers[0].Address, "/api/v1/conversations"));
            if (page.GetProperty("items").EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } first)
            {
                return first.GetProperty("id").GetString()!;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    private static async Task<bool> UntilAsync(Func<bool> holds)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        return true;
    }

    private async Task<JsonElement> PostAsync(string path, object body, int through = 0)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(servers[through % servers.Count].Address, path), body);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text) : throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}: {text}");
    }
}
