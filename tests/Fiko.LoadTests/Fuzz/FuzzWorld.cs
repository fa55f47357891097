using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Fiko.LoadTests.Fuzz;

/// <summary>What an attacker knows: a workspace of their own with everything in it, and the ids of another's.</summary>
internal sealed partial class FuzzWorld : IDisposable
{
    private const int Remembered = 300;

    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _ids = new();
    private readonly List<string> _spares = [];
    private string _key = "";
    private long _channel;

    private FuzzWorld(Uri address)
    {
        Address = address;
        Http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 100, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5) }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public FuzzSchemas Rest { get; private set; } = null!;

    public FuzzSchemas Sockets { get; private set; } = null!;

    /// <summary>The owner's and the agents' access tokens.</summary>
    public List<string> Tokens { get; } = [];

    public string OwnerToken => Tokens[0];

    /// <summary>A channel of each kind, for webhooks.</summary>
    public Dictionary<string, long> Channels { get; } = [];

    public IReadOnlyList<string> Foreign { get; private set; } = [];

    public string ForeignToken { get; private set; } = "";

    /// <summary>The conversations whose messages wait for a platform.</summary>
    public IReadOnlyList<string> Slow { get; private set; } = [];

    public IReadOnlyList<string> Quick { get; private set; } = [];

    public static async Task<FuzzWorld> OpenAsync(Uri address, (string Email, string Password) own, (string Email, string Password) foreign)
    {
        var world = new FuzzWorld(address);
        world.Rest = new FuzzSchemas(await world.Http.GetFromJsonAsync<JsonElement>("/openapi/v1.json"));
        world.Sockets = new FuzzSchemas(await world.Http.GetFromJsonAsync<JsonElement>("/asyncapi.json"));
        world.ForeignToken = await world.LogInAsync(foreign.Email, foreign.Password);
        world.Tokens.Add(await world.LogInAsync(own.Email, own.Password));
        await world.FillAsync();
        world.Foreign = Words().Matches(await world.GetAsync("/api/v1/conversations?limit=20", world.ForeignToken)).Select(m => m.Value).Distinct().ToList();
        return world;
    }

    public async Task<string> LogInAsync(string email, string password)
    {
        using var answer = await Http.PostAsJsonAsync("/api/v1/auth/login", new { email, password });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    /// <summary>Keeps the ids that an answer names, so that later inputs can name them, too.</summary>
    public void Harvest(string text)
    {
        foreach (var match in Words().Matches(text.Length > 20_000 ? text[..20_000] : text).Take(20))
        {
            var (kind, id) = match.Groups["cursor"].Success ? ("cursor", match.Groups["cursor"].Value)
                : match.Groups["id"].Success ? ("id", match.Groups["id"].Value)
                : (match.Groups["kind"].Value, match.Value);
            Keep(kind, id);
        }
    }

    /// <summary>An id of that kind: one's own, another workspace's, or none at all.</summary>
    public string Id(string kind, FuzzChance chance) => chance.Below(10) switch
    {
        0 when Foreign.Count > 0 => chance.Pick(Foreign),
        1 => chance.OddText(),
        2 => kind is "id" or "cursor" ? $"{chance.Below(50)}" : $"{kind}_{chance.Below(50)}",
        _ when _ids.TryGetValue(kind, out var known) && known.ToArray() is { Length: > 0 } own => chance.Pick(own),
        _ => $"{chance.Below(20)}",
    };

    /// <summary>A good token, another's, or none.</summary>
    public string Token(FuzzChance chance) => chance.Below(12) switch
    {
        0 => ForeignToken,
        1 => chance.OddText(),
        2 => OwnerToken[..chance.Below(OwnerToken.Length)],
        3 => OwnerToken[..^1] + (OwnerToken[^1] is 'A' ? 'B' : 'A'),
        _ => chance.Pick(Tokens),
    };

    public async Task WriteAsync(string customer, string text)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/channels/{_channel}/messages")
        {
            Content = JsonContent.Create(new { external_id = Guid.NewGuid().ToString("N"), customer = new { external_id = customer, first_name = customer }, text }),
        };
        AddKey(request);
        using var answer = await Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    public void AddKey(HttpRequestMessage request) => request.Headers.TryAddWithoutValidation("X-Fiko-Channel-Key", _key);

    /// <summary>A user who may be changed: none of those who attack.</summary>
    public string SpareUser(FuzzChance chance) => _spares.Count == 0 ? "0" : chance.Pick(_spares);

    public long ApiChannel => _channel;

    public void Dispose() => Http.Dispose();

    private async Task FillAsync()
    {
        var channel = await PostAsync("/api/v1/channels", new { source = "api", name = "Fuzz" });
        (_channel, _key) = (channel.GetProperty("id").GetInt64(), channel.GetProperty("key").GetString()!);
        var (bot, account) = (Random.Shared.NextInt64(100_000_000, int.MaxValue), 17_841_500_000_000_000 + Random.Shared.NextInt64(1_000_000_000));
        Channels["telegram"] = (await PostAsync("/api/v1/channels", new { source = "telegram", bot_token = $"{bot}:{Guid.NewGuid():N}abcd" })).GetProperty("id").GetInt64();
        Channels["instagram"] = (await PostAsync("/api/v1/channels", new { source = "instagram", access_token = $"IGSB{account}-{Guid.NewGuid():N}" })).GetProperty("id").GetInt64();
        (Bot, Account) = (bot.ToString(CultureInfo.InvariantCulture), account.ToString(CultureInfo.InvariantCulture));
        for (var n = 0; n < 3; n++)
        {
            var email = $"fuzz-{Guid.NewGuid():N}@fiko.test";
            await PostAsync("/api/v1/users", new { email, password = "correct horse battery", first_name = $"Fuzz {n}", role = n == 0 ? "admin" : "agent" });
            Tokens.Add(await LogInAsync(email, "correct horse battery"));
            var spare = await PostAsync("/api/v1/users", new { email = $"spare-{Guid.NewGuid():N}@fiko.test", password = "correct horse battery", first_name = "Spare", role = "agent" });
            _spares.Add($"{spare.GetProperty("id").GetInt64()}");
            await PostAsync("/api/v1/tags", new { name = $"tag {Guid.NewGuid():N}"[..20] }, harvest: true);
            await PostAsync("/api/v1/replies", new { title = $"reply {Guid.NewGuid():N}", text = "Hello {{customer.first_name}}" }, harvest: true);
        }

        for (var n = 0; n < 8; n++)
        {
            await WriteAsync($"fuzz-{n}", "Hello");
            using var telegram = await Http.PostAsJsonAsync($"/sandbox/telegram/customers/{700_000_000 + n}/messages?bot={Bot}", new { text = "Hello", first_name = $"T{n}" });
            using var instagram = await Http.PostAsJsonAsync($"/sandbox/instagram/customers/{980_000_000_000_000 + n}/messages?account={Account}", new { text = "Hello", first_name = $"I{n}" });
        }

        for (var tries = 0; tries < 200 && (Quick.Count < 8 || Slow.Count < 8); tries++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            Quick = await ConversationsAsync("api");
            Slow = [.. await ConversationsAsync("telegram"), .. await ConversationsAsync("instagram")];
        }

        foreach (var id in Quick.Concat(Slow))
        {
            Harvest(await GetAsync($"/api/v1/conversations/{id}/messages", OwnerToken));
        }

        Harvest(await GetAsync("/api/v1/events", OwnerToken));
        Harvest(await GetAsync("/api/v1/customers", OwnerToken));
    }

    /// <summary>The sandbox's names of the bot and the account.</summary>
    public string Bot { get; private set; } = "";

    public string Account { get; private set; } = "";

    /// <summary>Looks again which conversations there are: some were erased or closed meanwhile.</summary>
    public async Task RefreshAsync()
    {
        if (await ConversationsAsync("api") is { Count: > 0 } there)
        {
            Quick = there;
        }
    }

    private async Task<List<string>> ConversationsAsync(string source) =>
        Words().Matches(await GetAsync($"/api/v1/conversations?source={source}&limit=30", OwnerToken)).Select(m => m.Value).Where(v => v.StartsWith("conv_", StringComparison.Ordinal)).Distinct().ToList();

    private async Task<string> GetAsync(string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", token);
        using var answer = await Http.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<JsonElement> PostAsync(string path, object body, bool harvest = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new("Bearer", OwnerToken);
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}: {text}");
        }

        if (harvest)
        {
            Harvest(text);
        }

        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private void Keep(string kind, string id)
    {
        var known = _ids.GetOrAdd(kind, _ => new());
        known.Enqueue(id);
        while (known.Count > Remembered)
        {
            known.TryDequeue(out _);
        }
    }

    [GeneratedRegex("""(?<kind>conv|msg|att)_\d+|"id":\s?(?<id>\d+)|"(?:next_)?cursor":\s?"(?<cursor>[^"]+)""")]
    private static partial Regex Words();
}
