using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Fiko.Application.Channels;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Hosting;

/// <summary>A workspace whose owner has connected a bot of the sandbox, as an administrator would: customers write and read there.</summary>
public sealed class TelegramWorkspace
{
    private const string SecretHeader = "X-Telegram-Bot-Api-Secret-Token";

    private static long _lastUpdate = 900_000;

    private readonly FikoServer _server;

    private TelegramWorkspace(FikoServer server, FikoServer platform, TestWorkspace workspace, string token, long channel)
    {
        (_server, Workspace, Token, Channel) = (server, workspace, token, channel);
        Customers = new CustomersSide(platform.Http, BotOf(token));
    }

    public TestWorkspace Workspace { get; }

    public CustomersSide Customers { get; }

    public TestAgent Owner => Workspace.Owner;

    public string Token { get; }

    /// <summary>The bot's user id on the platform.</summary>
    public string Bot => BotOf(Token);

    public long Channel { get; }

    public static string NewToken() =>
        $"{RandomNumberGenerator.GetInt32(100_000_000, int.MaxValue)}:{Convert.ToHexString(RandomNumberGenerator.GetBytes(18))}";

    /// <param name="server">Where the workspace is.</param>
    /// <param name="platform">The server whose sandbox is Telegram; the same one unless another is given.</param>
    public static async Task<TelegramWorkspace> CreateAsync(FikoServer server, FikoServer? platform = null)
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var token = NewToken();
        var answer = await ConnectAsync(server, workspace.Owner, token);
        Assert.True(answer.Status is HttpStatusCode.Created, answer.Text);
        return new TelegramWorkspace(server, platform ?? server, workspace, token, answer.Json.GetProperty("id").GetInt64());
    }

    public static Task<RestAnswer> ConnectAsync(FikoServer server, TestAgent by, string? token) =>
        server.Http.CallAsync(HttpMethod.Post, "/api/v1/channels", new { source = "telegram", bot_token = token }, by.Token);

    /// <summary>A customer writes for the first time.</summary>
    /// <returns>The conversation's id on the wire.</returns>
    public async Task<string> BeginAsync(long customer, string text = "Hello")
    {
        await using var list = await Workspace.OpenListAsync(Owner);
        await list.DrainAsync();
        await Customers.WriteAsync(customer, text);
        var heard = await list.NextAsync(
            f => FikoSocket.TypeOf(f) == "new_customer_message"
                && f.GetProperty("conversation").GetProperty("customer").GetProperty("last_name").GetString() == $"{customer}",
            $"the first message of {customer}");
        return heard.GetProperty("conversation_id").GetString()!;
    }

    /// <summary>A socket on the chat that has its recent messages behind it.</summary>
    public async Task<FikoSocket> OpenChatAsync(string conversation, TestAgent? agent = null)
    {
        var chat = await Workspace.OpenChatAsync(agent ?? Owner, conversation);
        await chat.NextAsync("recent_messages");
        return chat;
    }

    /// <summary>The messages as somebody sees them who opens the chat now.</summary>
    public async Task<JsonElement[]> ReadChatAsync(string conversation)
    {
        await using var chat = await Workspace.OpenChatAsync(Owner, conversation);
        return [.. (await chat.NextAsync("recent_messages")).GetProperty("messages").EnumerateArray()];
    }

    public async Task<JsonElement> ShowAsync() =>
        (await _server.Http.CallAsync(HttpMethod.Get, $"/api/v1/channels/{Channel}", token: Owner.Token)).Json;

    /// <summary>What Telegram would post for a text of a customer.</summary>
    public static object TextUpdate(long customer, string text, int message, long? update = null) => new
    {
        update_id = update ?? NewUpdateId(),
        message = new
        {
            message_id = message,
            from = new { id = customer, is_bot = false, first_name = "Negar", last_name = $"{customer}" },
            chat = new { id = customer, first_name = "Negar", type = "private" },
            date = 1_760_000_000,
            text,
        },
    };

    public static long NewUpdateId() => Interlocked.Increment(ref _lastUpdate);

    public async Task<RestAnswer> PostUpdateAsync(object update) => await PostUpdateAsync(JsonSerializer.Serialize(update), await SecretAsync());

    /// <summary>Posts to the webhook as whoever knows, or does not know, its secret.</summary>
    public async Task<RestAnswer> PostUpdateAsync(string body, string? secret)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        return await _server.Http.CallAsync(
            HttpMethod.Post, $"/webhooks/telegram/{Channel}", content, header: secret is null ? null : (SecretHeader, secret));
    }

    /// <summary>The webhook's secret: no answer of the server ever tells it.</summary>
    public async Task<string> SecretAsync()
    {
        await using var scope = _server.Provider.CreateAsyncScope();
        var channel = await scope.ServiceProvider.GetRequiredService<IFikoDb>().Channels.SingleAsync(c => c.Id == Channel);
        return scope.ServiceProvider.GetRequiredService<ISecrets>().Open(channel.SealedSecret!)!;
    }

    /// <summary>The stored updates, oldest first.</summary>
    public async Task<List<InboundUpdate>> UpdatesAsync()
    {
        await using var scope = _server.Provider.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IFikoDb>().InboundUpdates.Where(u => u.ChannelId == Channel).OrderBy(u => u.Id).ToListAsync();
    }

    public Task<List<InboundUpdate>> SettledUpdatesAsync(int count) => Eventually.SeesAsync(
        UpdatesAsync, all => all.Count >= count && all.TrueForAll(u => u.Status is not InboundStatus.Pending), $"{count} settled updates");

    public async Task CloseAsync(string conversation)
    {
        Assert.True(ConversationId.TryParse(conversation, out var id));
        await using var scope = _server.Provider.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IFikoDb>();
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().CommitAsync(
            async () =>
            {
                (await db.Conversations.SingleAsync(c => c.Id == id.Value)).ChangeStatus(ConversationStatus.Closed, TimeProvider.System.GetUtcNow());
                return await db.SaveChangesAsync(CancellationToken.None);
            },
            CancellationToken.None);
    }

    /// <summary>Every earlier text of the conversation's messages: no answer of the server shows them yet.</summary>
    public async Task<List<string>> RevisionsAsync(string conversation)
    {
        Assert.True(ConversationId.TryParse(conversation, out var id));
        await using var scope = _server.Provider.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IFikoDb>().Messages
            .Where(m => m.ConversationId == id.Value)
            .SelectMany(m => m.Revisions.Select(r => r.Content))
            .ToListAsync();
    }

    private static string BotOf(string token) => token.Split(':')[0];
}
