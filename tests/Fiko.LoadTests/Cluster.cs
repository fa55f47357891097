using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.LoadTests;

/// <summary>Two servers on one database and one Redis, with agents and customers.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    /// <summary>For the many sockets of one user.</summary>
    public static readonly string[] WithoutLimits = ["--Sockets:MaxPerUser=100000", "--Sockets:UserFramesPerSecond=100000", "--Sockets:UserFrameBurst=100000"];

    private const string Password = "a password for the load";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fiko-load-");
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private string _key = "";
    private long _lookedAt;
    private TimeSpan _servers;
    private TimeSpan _clients;
    private long _channel;

    public RedisServer Redis { get; } = new();

    public IReadOnlyList<OwnProcess> Servers { get; private set; } = [];

    /// <summary>Before the start: what stands between the servers and Redis.</summary>
    public ChaosProxy? BeforeRedis { get; set; }

    /// <summary>An access token of the owner.</summary>
    public string Token { get; private set; } = "";

    /// <summary>The ids of the conversations that customers write in.</summary>
    public IReadOnlyList<string> Chats { get; private set; } = [];

    /// <summary>The one server that takes in what customers write; both, in turns, where it is null.</summary>
    public OwnProcess? Intake { get; set; }

    /// <summary>Resident memory of both.</summary>
    public string Memory => string.Join(" and ", Servers.Select(s => $"{s.MemoryMiB} MiB"));

    /// <summary>How much of the machine servers and clients have used since the last time. Beyond two thirds, times say more of it than of them.</summary>
    public string Load
    {
        get
        {
            var (now, servers, clients) = (TimeProvider.System.GetTimestamp(), Servers.Aggregate(TimeSpan.Zero, (sum, s) => sum + s.Busy), Environment.CpuUsage.TotalTime);
            var all = TimeProvider.System.GetElapsedTime(_lookedAt, now) * Environment.ProcessorCount;
            var load = string.Create(CultureInfo.InvariantCulture, $"{100 * ((servers - _servers) / all):F0} % + {100 * ((clients - _clients) / all):F0} % of the machine");
            (_lookedAt, _servers, _clients) = (now, servers, clients);
            return load;
        }
    }

    public async Task StartAsync(int conversations, params IEnumerable<string> more)
    {
        await Redis.StartAsync();
        string[] settings =
        [
            $"--ConnectionStrings:Fiko=Data Source={Path.Combine(_folder.FullName, "fiko.db")}",
            $"--Redis:ConnectionString={(BeforeRedis is { } way ? $"127.0.0.1:{way.Address.Port}" : Redis.ConnectionString)}",
            "--Database:MigrateOnStart=true",
            "--Demo:Enabled=true",
            "--Sandbox:Enabled=true",
            "--Logging:LogLevel:Default=Error",
            "--Drain:Period=00:00:05",
            "--Jwt:AccessTokenLifetime=02:00:00",
            .. more,
        ];
        Servers = [new OwnProcess(_folder.FullName, settings), new OwnProcess(_folder.FullName, settings)];
        foreach (var server in Servers)
        {
            await server.StartAsync();
        }

        Token = await LogInAsync("owner@fiko.test", "fiko-demo");
        _http.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        var channel = await PostAsync("/api/v1/channels", new { source = "api", name = "Load" });
        (_channel, _key) = (channel.Number("id"), channel.Text("key")!);
        _http.DefaultRequestHeaders.Add("X-Fiko-Channel-Key", _key);
        Chats = await BeginAsync(conversations);
    }

    /// <summary>Further users of the workspace.</summary>
    public async Task<IReadOnlyList<(long Id, string Token)>> HireAsync(int agents)
    {
        var hired = new List<(long, string)>();
        for (var n = 0; n < agents; n++)
        {
            var email = $"{Guid.NewGuid():N}@fiko.test";
            var user = await PostAsync("/api/v1/users", new { email, password = Password, first_name = $"Agent {n}", role = "agent" });
            hired.Add((user.Number("id"), await LogInAsync(email, Password)));
        }

        return hired;
    }

    /// <summary>A customer writes, through whichever server takes it.</summary>
    /// <returns>When it was taken. What is not known to be taken is written again with the same id.</returns>
    public async Task WriteAsync(int customer, string text)
    {
        var id = Guid.NewGuid().ToString("N");
        for (var attempt = customer; ; attempt++)
        {
            try
            {
                var body = new { external_id = id, customer = new { external_id = $"c{customer}", first_name = $"Customer {customer}" }, text };
                await PostAsync($"/api/v1/channels/{_channel}/messages", body, Intake ?? Servers[attempt % Servers.Count]);
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
            newest[id] = (await GetAsync($"/api/v1/conversations/{id}")).Number("last_seq");
        }

        return newest;
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(Servers[0].Address, path));
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task<JsonElement> PostAsync(string path, object body, OwnProcess? through = null)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri((through ?? Servers[0]).Address, path), body);
        answer.EnsureSuccessStatusCode();
        var text = await answer.Content.ReadAsStringAsync();
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Servers)
        {
            foreach (var line in server.Output.Split('\n').Where(l => l.Contains("fail:", StringComparison.Ordinal) || l.Contains("crit:", StringComparison.Ordinal) || l.Contains("Unhandled", StringComparison.Ordinal)))
            {
                Console.WriteLine($"  a server: {line}");
            }

            await server.DisposeAsync();
        }

        await Redis.DisposeAsync();
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<string> LogInAsync(string email, string password) => (await PostAsync("/api/v1/auth/login", new { email, password })).Text("access_token")!;

    // In the order of the customers.
    private async Task<IReadOnlyList<string>> BeginAsync(int conversations)
    {
        for (var customer = 0; customer < conversations; customer++)
        {
            await WriteAsync(customer, "Hello");
        }

        var page = await Eventually.SeesAsync(
            () => GetAsync("/api/v1/conversations?source=api&limit=100"), all => all.At("items").GetArrayLength() >= conversations, "the conversations");
        return [.. page.At("items").EnumerateArray().Select(c => c.Text("id")!).OrderBy(id => int.Parse(id["conv_".Length..], CultureInfo.InvariantCulture))];
    }
}
