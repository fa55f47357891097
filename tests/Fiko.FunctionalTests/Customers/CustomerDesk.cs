using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Customers;

/// <summary>A workspace of one test's own, whose customers are looked after over REST.</summary>
internal sealed record CustomerDesk(FikoServer Server, TestWorkspace Workspace)
{
    public TestAgent Owner => Workspace.Owner;

    public TestAgent Agent => Workspace.Agents[1];

    public static async Task<CustomerDesk> OpenAsync(FikoServer server) => new(server, await TestWorkspace.CreateAsync(server));

    /// <summary>A customer writes for the first time.</summary>
    public async Task<KnownCustomer> MeetAsync(string name, string text = "Hello")
    {
        var conversation = await Workspace.BeginAsync(name, text);
        var page = await OkAsync(HttpMethod.Get, $"?search={name}");
        return new(page.Number("items.0.id"), name, conversation);
    }

    /// <param name="method">How.</param>
    /// <param name="path">What comes after the address of customers.</param>
    /// <param name="body">As JSON.</param>
    /// <param name="by">Another one than the owner.</param>
    /// <param name="ifMatch">The version that the caller saw.</param>
    public Task<HttpResponseMessage> CallAsync(HttpMethod method, string path, object? body = null, TestAgent? by = null, string? ifMatch = null) =>
        Server.CallAsync(
            method,
            $"/api/v1/customers{path}",
            body is null ? null : body as HttpContent ?? JsonContent.Create(body),
            (by ?? Owner).Token,
            ifMatch is null ? [] : [("If-Match", ifMatch)]);

    public async Task<JsonElement> OkAsync(HttpMethod method, string path, object? body = null, TestAgent? by = null)
    {
        using var answer = await CallAsync(method, path, body, by);
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.JsonAsync();
    }

    public async Task<JsonElement> RefusedAsync(HttpStatusCode status, string code, HttpMethod method, string path, object? body = null, TestAgent? by = null, string? ifMatch = null)
    {
        using var answer = await CallAsync(method, path, body, by, ifMatch);
        return await answer.ProblemAsync(status, code);
    }

    public Task<JsonElement> ShowAsync(KnownCustomer customer) => OkAsync(HttpMethod.Get, $"/{customer.Id}");

    public Task<JsonElement> PatchAsync(KnownCustomer customer, object patch) => OkAsync(HttpMethod.Patch, $"/{customer.Id}", patch);

    /// <summary>Marks all of a conversation as read.</summary>
    public async Task ReadAsync(KnownCustomer customer)
    {
        await using var chat = await Workspace.OpenChatAsync(Owner, customer.Conversation);
        await chat.SendAsync(new { type = "mark_read" });
        await chat.NextAsync("messages_read");
    }
}

internal sealed record KnownCustomer(long Id, string Name, string Conversation);

internal static class CustomerFrames
{
    /// <summary>The next news of a conversation's customer.</summary>
    public static Task<JsonElement> NextCustomerNewsAsync(this FikoSocket list, string conversation, string reason = "customer") =>
        list.NextAsync(f => f.IsA("conversation_updated") && f.Text("conversation_id") == conversation && f.Text("reason") == reason, $"{reason} of {conversation}");
}
