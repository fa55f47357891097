using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Users;

/// <summary>Short ways to the people of a workspace.</summary>
internal static class PeopleCalls
{
    /// <summary>Takes somebody in, and logs them in.</summary>
    public static async Task<TestAgent> TakeInAsync(this FikoServer server, TestAgent by, string role = "agent", string? email = null)
    {
        email ??= $"{Guid.NewGuid():N}@people.test";
        var answer = await server.PostAsync(
            "/api/v1/users", new { email, password = TestWorkspace.Password, first_name = "New", last_name = role, role }, by.Token);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var id = (await answer.JsonAsync()).Number("id");
        return new TestAgent(id, $"New {role}", email, await server.LogInAsync(email, TestWorkspace.Password));
    }

    public static Task<HttpResponseMessage> PatchAsync(this FikoServer server, string path, object body, string token, string? ifMatch = null) =>
        server.CallAsync(HttpMethod.Patch, path, JsonContent.Create(body), token, ifMatch is null ? [] : [("If-Match", ifMatch)]);

    public static Task<HttpResponseMessage> ChangeAsync(this FikoServer server, TestAgent by, long id, object fields, string? ifMatch = null) =>
        server.PatchAsync($"/api/v1/users/{id}", fields, by.Token, ifMatch);

    public static Task<HttpResponseMessage> RemoveAsync(this FikoServer server, TestAgent by, long id) =>
        server.CallAsync(HttpMethod.Delete, $"/api/v1/users/{id}", null, by.Token);

    public static async Task<JsonElement> ShowAsync(this FikoServer server, TestAgent by, long id) =>
        await (await server.GetAsync($"/api/v1/users/{id}", by.Token)).JsonAsync();

    public static async Task<JsonElement[]> ListAsync(this FikoServer server, TestAgent by, string query = "")
    {
        var answer = await server.GetAsync($"/api/v1/users?{query}", by.Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return [.. (await answer.JsonAsync()).At("items").EnumerateArray()];
    }
}
