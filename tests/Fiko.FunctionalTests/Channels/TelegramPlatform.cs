using System.Globalization;
using System.Net;
using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Channels;

/// <summary>Telegram, with the sandbox as its other side (core.telegram.org/bots/api).</summary>
internal sealed class TelegramPlatform(FikoServer server, TelegramWorkspace telegram, string secret)
    : PlatformUnderTest(server, telegram.Workspace, telegram.Channel)
{
    public override string Source => "telegram";

    public static async Task<TelegramPlatform> ConnectAsync(FikoServer server)
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        await telegram.Customers.FailNextAsync("server_error", count: 0);
        return new TelegramPlatform(server, telegram, await telegram.SecretAsync());
    }

    public override string Text(string customer, string message, string text, string? replyTo = null) =>
        Update("message", Message(customer, message, text, replyTo is null ? "" : $",\"reply_to_message\":{{\"message_id\":{replyTo},\"chat\":{{\"id\":{customer}}}}}"));

    public override string Edit(string customer, string message, string text) =>
        Update("edited_message", Message(customer, message, text, $",\"edit_date\":{Now()}"));

    public override string Reaction(string customer, string message, string? emoji) => Update(
        "message_reaction",
        $$"""
        {"chat":{"id":{{customer}},"type":"private"},"message_id":{{message}},"user":{"id":{{customer}},"is_bot":false,"first_name":"N"},"date":{{Now()}},
        "old_reaction":[],"new_reaction":[{{(emoji is null ? "" : $"{{\"type\":\"emoji\",\"emoji\":\"{emoji}\"}}")}}]}
        """);

    public override string UnknownKind() => Update("hologram", """{"from":{"id":1},"depth":3}""");

    public override Task<HttpStatusCode> PostAsync(string body, Proof proof = Proof.Right) =>
        PostAsync($"/webhooks/telegram/{Channel}", body, "X-Telegram-Bot-Api-Secret-Token", Spoil(secret, proof));

    public override Task WriteAsync(string customer, string text) => telegram.Customers.WriteAsync(Number(customer), text);

    public override async Task SendPictureAsync(string customer, byte[] bytes)
    {
        using var form = SomeFile.AsForm(bytes);
        var answer = await Server.Http.CallAsync(HttpMethod.Post, $"/sandbox/telegram/customers/{customer}/photo?bot={telegram.Bot}", form);
        Assert.True(answer.Status is HttpStatusCode.Accepted, answer.Text);
    }

    public override async Task<CustomersView> LookAsync(string customer)
    {
        var chat = (await Server.Http.CallAsync(HttpMethod.Get, $"/sandbox/telegram/customers/{customer}/messages?bot={telegram.Bot}")).Json;
        return new CustomersView([.. chat.GetProperty("items").EnumerateArray().Select(m => CustomersMessage.Read(m, "bot"))], chat.GetProperty("typing").GetBoolean());
    }

    public override Task FailNextAsync(Fault fault, int count = 1) => telegram.Customers.FailNextAsync(SandboxFaults.NameOf(fault), count, retryAfter: 2);

    private static string Update(string kind, string content) => $"{{\"update_id\":{TelegramWorkspace.NewUpdateId()},\"{kind}\":{content}}}";

    private static string Message(string customer, string message, string text, string more) =>
        $$"""
        {"message_id":{{message}},"from":{"id":{{customer}},"is_bot":false,"first_name":"Negar"},"chat":{"id":{{customer}},"first_name":"Negar","type":"private"},
        "date":{{Now()}},"text":{{JsonSerializer.Serialize(text)}}{{more}}}
        """;

    private static long Now() => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    private static long Number(string customer) => long.Parse(customer, CultureInfo.InvariantCulture);
}

internal static class SandboxFaults
{
    public static string NameOf(Fault fault) => fault switch
    {
        Fault.RateLimit => "rate_limit",
        Fault.ServerError => "server_error",
        Fault.CutBefore => "cut_before",
        Fault.CutAfter => "cut_after",
        Fault.TimeOut => "timeout",
        Fault.Blocked => "blocked",
        Fault.InvalidToken => "invalid_token",
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}
