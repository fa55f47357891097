using System.Net.Http.Json;
using System.Text.Json;

namespace Fiko.LoadTests;

/// <summary>Two servers on one database and one Redis, with agents and customers.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    public const int Conversations = 20;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fiko-load-");
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private string _key = "";
    private long _channel;

    public RedisNode Redis { get; } = new();

    public IReadOnlyList<ServerNode> Servers { get; private set; } = [];

    /// <summary>An access token of the owner.</summary>
    public string Token { get; private set; } = "";

    /// <summary>The ids of the conversations that customers write in.</summary>
    public IReadOnlyList<string> Chats { get; private set; } = [];

    public async Task StartAsync()
    {
        Redis.Start();
        string[] settings =
        [
            $"--ConnectionStrings:Fiko=Data Source={Path.Combine(_folder.FullName, "fiko.db")}",
            $"--Redis:ConnectionString=127.0.0.1:{Redis.Port}",
            "--Database:MigrateOnStart=true",
            "--Demo:Enabled=true",
            "--Sandbox:Enabled=true",
            "--Logging:LogLevel:Default=Error",
            "--Drain:Period=00:00:05",
            "--Jwt:AccessTokenLifetime=02:00:00",

            // All sockets are one user's here.
            "--Sockets:MaxPerUser=100000",
            "--Sockets:UserFramesPerSecond=100000",
            "--Sockets:UserFrameBurst=100000",
        ];
        Servers = [new ServerNode(_folder.FullName, settings), new ServerNode(_folder.FullName, settings)];
        foreach (var server in Servers)
        {
            await server.StartAsync();
        }

        Token = (await PostAsync("/api/v1/auth/login", new { email = "owner@fiko.test", password = "fiko-demo" })).GetProperty("access_token").GetString()!;
        _http.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        var channel = await PostAsync("/api/v1/channels", new { source = "api", name = "Load" });
        (_channel, _key) = (channel.GetProperty("id").GetInt64(), channel.GetProperty("key").GetString()!);
        _http.DefaultRequestHeaders.Add("X-Fiko-Channel-Key", _key);
        Chats = await BeginAsync();
    }

    /// <summary>A customer writes, through whichever server takes it.</summary>
    /// <returns>Whether it was taken. What is not known to be taken is written again with the same id.</returns>
    public async Task WriteAsync(int customer, string text)
    {
        var id = Guid.NewGuid().ToString("N");
        for (var attempt = customer; ; attempt++)
        {
            try
            {
                await PostAsync($"/api/v1/channels/{_channel}/messages", new { external_id = id, customer = new { external_id = $"c{customer}", first_name = $"Customer {customer}" }, text }, attempt);
                return;
            }
            catch (Exception refused) when (refused is HttpRequestException or TaskCanceledException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }
    }

    /// <summary>How far each conversation goes, when all that was accepted is in it.</summary>
    public async Task<IReadOnlyDictionary<string, long>> NewestAsync()
    {
        // Accepted is stored, and applied a moment later.
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
        var newest = new Dictionary<string, long>();
        foreach (var id in Chats)
        {
            using var answer = await _http.GetAsync(new Uri(Servers[0].Address, $"/api/v1/conversations/{id}"));
            newest[id] = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("last_seq").GetInt64();
        }

        return newest;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Servers)
        {
            await server.DisposeAsync();
        }

        await Redis.DisposeAsync();
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<IReadOnlyList<string>> BeginAsync()
    {
        for (var customer = 0; customer < Conversations; customer++)
        {
            await WriteAsync(customer, "Hello");
        }

        while (true)
        {
            using var answer = await _http.GetAsync(new Uri(Servers[0].Address, "/api/v1/conversations?source=api&limit=100"));
            var ids = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items").EnumerateArray().Select(c => c.GetProperty("id").GetString()!).ToArray();
            if (ids.Length >= Conversations)
            {
                return ids[..Conversations];
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    private async Task<JsonElement> PostAsync(string path, object body, int through = 0)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(Servers[through % Servers.Count].Address, path), body);
        answer.EnsureSuccessStatusCode();
        var text = await answer.Content.ReadAsStringAsync();
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }
}
