using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fiko.Application.Channels;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Fiko.FunctionalTests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Storm;

/// <summary>A workspace with a bot and a professional account of the sandbox: what its platforms post, and what its customers see.</summary>
internal sealed class Shop
{
    private readonly FikoServer _server;
    private readonly string _appSecret;
    private string _webhookSecret = "";

    private Shop(FikoServer server, string appSecret, TestWorkspace workspace)
    {
        (_server, _appSecret, Workspace) = (server, appSecret, workspace);
        BotToken = TelegramWorkspace.NewToken();
        Account = $"17841{RandomNumberGenerator.GetInt32(100_000_000, int.MaxValue)}";
        AccessToken = $"IGSB{Account}-{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
    }

    public TestWorkspace Workspace { get; }

    public IReadOnlyList<TestAgent> Agents => Workspace.Agents;

    public string BotToken { get; }

    public string Bot => BotToken.Split(':')[0];

    /// <summary>The number that the platform calls the professional account by.</summary>
    public string Account { get; }

    public string AccessToken { get; }

    public string WebhookSecret => _webhookSecret;

    public long TelegramChannel { get; private set; }

    public long InstagramChannel { get; private set; }

    public static async Task<Shop> OpenAsync(FikoServer server, string appSecret, int agents)
    {
        var shop = new Shop(server, appSecret, await TestWorkspace.CreateAsync(server, agents));
        shop.TelegramChannel = await shop.ConnectAsync(new { source = "telegram", bot_token = shop.BotToken });
        shop.InstagramChannel = await shop.ConnectAsync(new { source = "instagram", access_token = shop.AccessToken });
        shop._webhookSecret = await shop.AskAsync(
            async (db, services) => services.GetRequiredService<ISecrets>().Open((await db.Channels.SingleAsync(c => c.Id == shop.TelegramChannel)).SealedSecret!)!);
        return shop;
    }

    /// <summary>What a platform posts, with what proves it.</summary>
    public async Task PostAsync(PlatformEvent news)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, news.OnInstagram ? "/webhooks/instagram" : $"/webhooks/telegram/{TelegramChannel}")
        {
            Content = new ByteArrayContent(news.Body),
        };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(
            news.OnInstagram ? "X-Hub-Signature-256" : "X-Telegram-Bot-Api-Secret-Token",
            news.OnInstagram ? $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(_appSecret), news.Body))}" : _webhookSecret);
        using var answer = await _server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>The token that a channel is spoken for with now.</summary>
    public Task<string> TokenAsync(long channel) => AskAsync(
        async (db, services) => services.GetRequiredService<ISecrets>().Open((await db.Channels.AsNoTracking().SingleAsync(c => c.Id == channel)).SealedToken!)!);

    /// <summary>From now on the sandbox posts what it tells of the account's answers up to three times, within two seconds.</summary>
    public Task ShuffleEchoesAsync() => SwitchAsync("instagram/webhooks", new { repeat = 3, repeat_at_random = true, shuffle_ms = 2000 });

    /// <summary>The sandbox behaves otherwise (docs/sandbox.md).</summary>
    public async Task SwitchAsync(string what, object habits)
    {
        var answer = await _server.Http.CallAsync(HttpMethod.Put, $"/sandbox/{what}", habits);
        Assert.True(answer.Status is HttpStatusCode.NoContent, $"{what}: {answer.Status} {answer.Text}");
    }

    /// <summary>A customer does something on their phone.</summary>
    public async Task DoAsync(ShopCustomer customer, string what, object body)
    {
        var answer = await _server.Http.CallAsync(HttpMethod.Post, PathOf(customer, what), body);
        Assert.True(answer.Status is HttpStatusCode.Accepted, $"{what}: {answer.Status} {answer.Text}");
    }

    /// <summary>Each of them says hello on their phone: platforms know nobody to whom nothing was ever said.</summary>
    /// <returns>Their conversations' ids on the wire, by their names.</returns>
    public async Task<Dictionary<string, string>> BeginAsync(IReadOnlyList<ShopCustomer> customers)
    {
        await Task.WhenAll(customers.Select(c => DoAsync(c, "messages", new { text = "Hello", first_name = "Customer" })));
        return await Eventually.SeesAsync(
            ConversationsAsync, all => customers.All(c => all.ContainsKey(c.Name)), "all conversations", TimeSpan.FromSeconds(60));
    }

    /// <summary>A socket on the chat that has its recent messages behind it.</summary>
    public async Task<FikoSocket> OpenChatAsync(TestAgent agent, string conversation)
    {
        var socket = await Workspace.OpenChatAsync(agent, conversation);
        await socket.NextAsync("recent_messages");
        return socket;
    }

    /// <summary>What the customer's phone shows of the business, oldest first.</summary>
    public async Task<IReadOnlyList<Shown>> SeesAsync(ShopCustomer customer)
    {
        var answer = await _server.Http.CallAsync(HttpMethod.Get, PathOf(customer, "messages"));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return
        [
            .. answer.Json.GetProperty("items").EnumerateArray()
                .Where(m => m.Text("from") is "bot" or "business")
                .Select(m => new Shown(m.At("id").ToString(), m.Text("text")!)),
        ];
    }

    /// <summary>The bodies that a platform has posted, oldest first.</summary>
    public Task<List<string>> BodiesAsync(long channel) =>
        AskAsync((db, _) => db.InboundUpdates.Where(u => u.ChannelId == channel).OrderBy(u => u.Id).Select(u => u.Body).ToListAsync());

    /// <summary>The conversation of each customer that has one, by its id on the wire.</summary>
    public Task<Dictionary<string, string>> ConversationsAsync() => AskAsync(
        (db, _) => db.Conversations
            .Where(c => c.WorkspaceId == Workspace.Id)
            .ToDictionaryAsync(c => $"{c.Source} {c.Chat}", c => new ConversationId(c.Id).ToString()));

    public async Task<T> AskAsync<T>(Func<IFikoDb, IServiceProvider, Task<T>> ask)
    {
        await using var scope = _server.Provider.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<IFikoDb>(), scope.ServiceProvider);
    }

    private string PathOf(ShopCustomer customer, string what) => customer.OnInstagram
        ? $"/sandbox/instagram/customers/{customer.Id}/{what}?account={Account}"
        : $"/sandbox/telegram/customers/{customer.Id}/{what}?bot={Bot}";

    private async Task<long> ConnectAsync(object channel)
    {
        var answer = await _server.Http.CallAsync(HttpMethod.Post, "/api/v1/channels", channel, Workspace.Owner.Token);
        Assert.True(answer.Status is HttpStatusCode.Created, answer.Text);
        return answer.Json.Number("id");
    }
}

/// <param name="OnInstagram">Else on Telegram.</param>
/// <param name="Id">The platform's number of them.</param>
internal sealed record ShopCustomer(bool OnInstagram, string Id)
{
    /// <summary>As <see cref="Shop.ConversationsAsync"/> names them.</summary>
    public string Name => $"{(OnInstagram ? "instagram" : "telegram")} {Id}";
}

/// <summary>One message of the business on a customer's phone.</summary>
internal sealed record Shown(string Id, string Text);

/// <summary>What a platform posts once or more often.</summary>
/// <param name="OnInstagram">Else Telegram.</param>
/// <param name="Body">The same bytes each time.</param>
/// <param name="Says">Where it is a new text: which.</param>
internal sealed record PlatformEvent(bool OnInstagram, byte[] Body, string? Says = null);
