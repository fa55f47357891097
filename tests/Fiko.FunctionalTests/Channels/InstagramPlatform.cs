using System.Net;
using System.Text;
using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Channels;

/// <summary>Instagram, with the sandbox as its other side (developers.facebook.com/docs/instagram-platform/webhooks/examples).</summary>
internal sealed class InstagramPlatform(InstagramAccount account) : PlatformUnderTest(account.Server, account.Workspace, account.Channel)
{
    private static readonly Lock Clock = new();
    private static long _now;
    private static int _edits;

    public override string Source => "instagram";

    public override bool Echoes => true;

    public override bool ShowsSeen => true;

    public static async Task<InstagramPlatform> ConnectAsync(FikoServer server)
    {
        var platform = new InstagramPlatform(await InstagramAccount.ConnectAsync(server));
        await platform.FailNextAsync(Fault.ServerError, count: 0);
        await platform.SetEchoesAsync(EchoHabit.AfterTheAnswer);
        return platform;
    }

    public override string NewMessage() => $"aWdfZXhhbXBsZTo{base.NewMessage()}";

    public override string Text(string customer, string message, string text, string? replyTo = null) =>
        FromCustomer(customer, "message", $"{{\"mid\":\"{message}\",\"text\":{Json(text)}{(replyTo is null ? "" : $",\"reply_to\":{{\"mid\":\"{replyTo}\"}}")}}}");

    // Real ones name nobody.
    public override string Edit(string customer, string message, string text) => Envelope(
        $"{{\"timestamp\":{Now()},\"message_edit\":{{\"mid\":\"{message}\",\"text\":{Json(text)},\"num_edit\":{Interlocked.Increment(ref _edits)}}}}}");

    public override string Withdrawal(string customer, string message) => FromCustomer(customer, "message", $"{{\"mid\":\"{message}\",\"is_deleted\":true}}");

    public override string Reaction(string customer, string message, string? emoji) => FromCustomer(
        customer,
        "reaction",
        $"{{\"mid\":\"{message}\",{(emoji is null ? "\"action\":\"unreact\"" : $"\"action\":\"react\",\"reaction\":\"other\",\"emoji\":{Json(emoji)}")}}}");

    public override string Receipt(string customer, string message) => FromCustomer(customer, "read", $"{{\"mid\":\"{message}\"}}");

    public override string Echo(string customer, string message, string text) =>
        Item(account.Id, customer, "message", $"{{\"mid\":\"{message}\",\"is_echo\":true,\"text\":{Json(text)}}}");

    public override string UnknownKind() => FromCustomer(NewCustomer(), "hologram", "{\"depth\":3}");

    public override Task<HttpStatusCode> PostAsync(string body, Proof proof = Proof.Right)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return account.PostAsync(bytes, Spoil(account.Sign(bytes), proof));
    }

    public override Task WriteAsync(string customer, string text) => DoAsync(customer, "messages", new { text });

    public override async Task SendPictureAsync(string customer, byte[] bytes)
    {
        // Its content type is what a phone would say.
        var part = new ByteArrayContent(bytes);
        part.Headers.ContentType = new("image/png");
        using var form = new MultipartFormDataContent { { part, "file", "photo.png" } };
        await DoAsync(customer, "photo", form);
    }

    public override async Task<CustomersView> LookAsync(string customer)
    {
        var thread = (await Server.Http.CallAsync(HttpMethod.Get, $"/sandbox/instagram/customers/{customer}/messages?account={account.Id}")).Json;
        return new CustomersView(
            [.. thread.GetProperty("items").EnumerateArray().Select(m => CustomersMessage.Read(m, "business"))],
            thread.GetProperty("typing").GetBoolean(),
            thread.GetProperty("seen").GetBoolean());
    }

    public override Task FailNextAsync(Fault fault, int count = 1) => PutAsync("faults", new { kind = SandboxFaults.NameOf(fault), count, retry_after = 2 });

    public override Task SetEchoesAsync(EchoHabit habit) =>
        PutAsync("echoes", new { enabled = habit is not EchoHabit.Never, before_answer = habit is EchoHabit.BeforeTheAnswer });

    private async Task DoAsync(string customer, string what, object body)
    {
        var answer = await Server.Http.CallAsync(HttpMethod.Post, $"/sandbox/instagram/customers/{customer}/{what}?account={account.Id}", body);
        Assert.True(answer.Status is HttpStatusCode.Accepted, answer.Text);
    }

    private async Task PutAsync(string what, object body)
    {
        var answer = await Server.Http.CallAsync(HttpMethod.Put, $"/sandbox/instagram/{what}", body);
        Assert.True(answer.Status is HttpStatusCode.NoContent, answer.Text);
    }

    private string FromCustomer(string customer, string kind, string content) => Item(customer, account.Id, kind, content);

    private string Item(string sender, string recipient, string kind, string content) => Envelope(
        $"{{\"sender\":{{\"id\":\"{sender}\"}},\"recipient\":{{\"id\":\"{recipient}\"}},\"timestamp\":{Now()},\"{kind}\":{content}}}");

    private string Envelope(string item) => $"{{\"object\":\"instagram\",\"entry\":[{{\"id\":\"{account.Id}\",\"time\":{Now()},\"messaging\":[{item}]}}]}}";

    private static string Json(string text) => JsonSerializer.Serialize(text);

    // Rises, as the platform's does: the order of a customer's signs is told from it.
    private static long Now()
    {
        lock (Clock)
        {
            return _now = Math.Max(_now + 1, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        }
    }
}
