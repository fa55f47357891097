using System.Globalization;
using System.Net;
using System.Text.Json;
using Fiko.Application.Channels;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Fiko.FunctionalTests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Channels;

/// <summary>
/// One connected account of a platform and those on its other side, as the contract needs them. A body that is null is a kind of
/// news that the platform never tells.
/// </summary>
public abstract class PlatformUnderTest(FikoServer server, TestWorkspace workspace, long channel)
{
    private static long _last = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    public abstract string Source { get; }

    /// <summary>Whether the platform tells the business what the business itself wrote.</summary>
    public virtual bool Echoes => false;

    /// <summary>Whether the customer is shown that the business has read.</summary>
    public virtual bool ShowsSeen => false;

    public FikoServer Server => server;

    public TestWorkspace Workspace => workspace;

    public long Channel => channel;

    /// <summary>The channel itself: what it implements is what an agent may do.</summary>
    public IChannel Speaker => server.Provider.GetRequiredService<ChannelBook>().Find(Source)!;

    public static string NewCustomer() => NewId();

    public virtual string NewMessage() => NewId();

    public abstract string Text(string customer, string message, string text, string? replyTo = null);

    public virtual string? Edit(string customer, string message, string text) => null;

    public virtual string? Withdrawal(string customer, string message) => null;

    public virtual string? Reaction(string customer, string message, string? emoji) => null;

    public virtual string? Receipt(string customer, string message) => null;

    public virtual string? Echo(string customer, string message, string text) => null;

    public abstract string UnknownKind();

    /// <summary>Posts a body to the webhook.</summary>
    public abstract Task<HttpStatusCode> PostAsync(string body, Proof proof = Proof.Right);

    /// <summary>The customer writes on the platform, which then posts its webhook.</summary>
    public abstract Task WriteAsync(string customer, string text);

    /// <summary>The customer sends a picture.</summary>
    public virtual Task SendPictureAsync(string customer, byte[] bytes) => throw new NotSupportedException();

    public abstract Task<CustomersView> LookAsync(string customer);

    /// <summary>The next calls that send a message fail.</summary>
    public abstract Task FailNextAsync(Fault fault, int count = 1);

    /// <summary>When what the business sends comes back; asked only of platforms that echo.</summary>
    public virtual Task SetEchoesAsync(EchoHabit habit) => Task.CompletedTask;

    /// <summary>A customer writes for the first time.</summary>
    /// <returns>The conversation's id on the wire.</returns>
    public async Task<string> BeginAsync(string customer)
    {
        await WriteAsync(customer, "Hello");
        return await ConversationAsync(customer);
    }

    public async Task TakeAsync(string? body) => Assert.Equal(HttpStatusCode.OK, await PostAsync(body!));

    public async Task<FikoSocket> OpenChatAsync(string conversation)
    {
        var chat = await workspace.OpenChatAsync(workspace.Owner, conversation);
        await chat.NextAsync("recent_messages");
        return chat;
    }

    /// <summary>The messages as somebody sees them who opens the chat now.</summary>
    public async Task<JsonElement[]> ReadChatAsync(string conversation)
    {
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, conversation);
        return [.. (await chat.NextAsync("recent_messages")).GetProperty("messages").EnumerateArray()];
    }

    public Task<JsonElement[]> SeesAsync(string conversation, Func<JsonElement[], bool> wanted, string what) =>
        Eventually.SeesAsync(() => ReadChatAsync(conversation), wanted, what);

    /// <summary>The conversation of a customer, as soon as there is one.</summary>
    public async Task<string> ConversationAsync(string customer)
    {
        var found = await Eventually.SeesAsync(
            () => AskAsync(db => db.Conversations.Where(c => c.ChannelId == channel && c.Chat == customer).Select(c => c.Id).ToListAsync()),
            all => all.Count == 1,
            $"the conversation of {customer}");
        return new ConversationId(found[0]).ToString();
    }

    public Task<List<InboundUpdate>> UpdatesAsync() =>
        AskAsync(db => db.InboundUpdates.Where(u => u.ChannelId == channel).OrderBy(u => u.Id).ToListAsync());

    public Task<List<InboundUpdate>> SettledUpdatesAsync() =>
        Eventually.SeesAsync(UpdatesAsync, all => all.Count > 0 && all.TrueForAll(u => u.Status is not InboundStatus.Pending), "settled updates");

    public async Task<T> AskAsync<T>(Func<IFikoDb, Task<T>> question)
    {
        await using var scope = server.Provider.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<IFikoDb>());
    }

    public async Task<JsonElement> ShowChannelAsync() =>
        (await server.Http.CallAsync(HttpMethod.Get, $"/api/v1/channels/{channel}", token: workspace.Owner.Token)).Json;

    /// <summary>What an honest secret or signature becomes on its way.</summary>
    protected static string? Spoil(string right, Proof proof) => proof switch
    {
        Proof.Right => right,
        Proof.Missing => null,
        Proof.Empty => "",
        Proof.OneByteOff => right[..^1] + (right[^1] is 'a' ? 'b' : 'a'),
        Proof.Longer => right + "a",
        _ => throw new ArgumentOutOfRangeException(nameof(proof)),
    };

    protected async Task<HttpStatusCode> PostAsync(string path, string body, string header, string? proof)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        return (await server.Http.CallAsync(HttpMethod.Post, path, content, header: proof is null ? null : (header, proof))).Status;
    }

    private static string NewId() => Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture);
}

/// <summary>How a webhook call proves itself.</summary>
public enum Proof
{
    Right,
    Missing,
    Empty,
    OneByteOff,
    Longer,
}

/// <summary>How a send fails.</summary>
public enum Fault
{
    /// <summary>Not taken; the platform names two seconds.</summary>
    RateLimit,

    /// <summary>Not taken, and the platform says so itself.</summary>
    ServerError,

    /// <summary>The connection breaks before anything is taken, which nobody on this side can know.</summary>
    CutBefore,

    /// <summary>Taken, and the answer is lost.</summary>
    CutAfter,

    /// <summary>Taken, and the answer never comes.</summary>
    TimeOut,
    Blocked,
    InvalidToken,
}

/// <summary>When an echo comes.</summary>
public enum EchoHabit
{
    AfterTheAnswer,
    BeforeTheAnswer,
    Never,
}

/// <summary>A chat as the customer sees it.</summary>
public sealed record CustomersView(IReadOnlyList<CustomersMessage> Messages, bool Typing = false, bool Seen = false)
{
    /// <summary>What the business wrote, oldest first.</summary>
    public IReadOnlyList<CustomersMessage> Answers { get; } = [.. Messages.Where(m => m.FromBusiness)];

    public string[] Texts => [.. Answers.Select(m => m.Text)];
}

/// <param name="Reaction">The business's.</param>
public sealed record CustomersMessage(string Id, bool FromBusiness, string Text, DateTimeOffset At, bool IsDeleted = false, string? Reaction = null)
{
    /// <summary>As both sandboxes show one.</summary>
    public static CustomersMessage Read(JsonElement item, string business) => new(
        item.GetProperty("id").ToString(),
        item.GetProperty("from").GetString() == business,
        item.GetProperty("text").GetString()!,
        item.GetProperty("date").GetDateTimeOffset(),
        item.GetProperty("deleted").GetBoolean(),
        item.GetProperty("reactions").EnumerateArray()
            .Where(r => r.GetProperty("from").GetString() == business)
            .Select(r => r.GetProperty("emoji").GetString())
            .FirstOrDefault());
}
