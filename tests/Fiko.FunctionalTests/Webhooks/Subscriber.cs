using System.Net;
using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Webhooks;

/// <summary>A subscription of a test's own, and short ways to it over REST.</summary>
/// <param name="Server">Where.</param>
/// <param name="By">Who made it.</param>
/// <param name="Id">Its number.</param>
/// <param name="Secret">What signs it.</param>
internal sealed record Subscriber(FikoServer Server, TestAgent By, long Id, string Secret)
{
    public string Path => $"/api/v1/webhooks/{Id}";

    public static async Task<Subscriber> CreateAsync(FikoServer server, TestAgent by, WebhookReceiver receiver, params string[] events)
    {
        var answer = await server.Http.CallAsync(
            HttpMethod.Post, "/api/v1/webhooks", new { url = receiver.Url, events = events.Length == 0 ? null : events, description = "A test's" }, by.Token);
        Assert.True(answer.Status is HttpStatusCode.Created, answer.Text);
        return new Subscriber(server, by, answer.Json.Number("id"), answer.Json.Text("secret")!);
    }

    public Task<RestAnswer> CallAsync(HttpMethod method, string path = "", object? body = null) => Server.Http.CallAsync(method, Path + path, body, By.Token);

    public async Task<JsonElement> ReadAsync(string path = "")
    {
        var answer = await CallAsync(HttpMethod.Get, path);
        Assert.True(answer.Status is HttpStatusCode.OK, answer.Text);
        return answer.Json;
    }

    /// <summary>Newest first.</summary>
    public async Task<JsonElement[]> DeliveriesAsync(string query = "") => [.. (await ReadAsync($"/deliveries?limit=500&{query}")).At("items").EnumerateArray()];

    /// <summary>Returns the newest delivery when it is as a test wants it.</summary>
    public async Task<JsonElement> NewestAsync(string status) => (await Eventually.SeesAsync(
        () => DeliveriesAsync(), all => all.Length > 0 && all[0].Text("status") == status, $"the newest delivery to be {status}"))[0];

    public async Task ChangeAsync(object patch)
    {
        var answer = await CallAsync(HttpMethod.Patch, "", patch);
        Assert.True(answer.Status is HttpStatusCode.OK, answer.Text);
    }

    public async Task<JsonElement> DoAsync(string what, object? body = null)
    {
        var answer = await CallAsync(HttpMethod.Post, what, body);
        Assert.True(answer.Status is HttpStatusCode.Accepted or HttpStatusCode.OK, answer.Text);
        return answer.Json;
    }
}

/// <summary>A server that tries again soon.</summary>
public class EagerServer : FikoServer
{
    public EagerServer()
    {
        Settings["Webhooks:Backoff"] = "00:00:00.050";
        Settings["Webhooks:MaxBackoff"] = "00:00:00.200";
        Settings["Webhooks:Timeout"] = "00:00:01";
    }
}
