using System.Net;
using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Conversations;

/// <summary>Short ways to a workspace's conversations over REST.</summary>
internal static class WorkspaceOverRest
{
    public static Task<RestAnswer> AskAsync(this FikoServer server, TestAgent by, HttpMethod method, string path, object? body = null, (string, string)? header = null) =>
        server.Http.CallAsync(method, $"/api/v1/{path}", body, by.Token, header);

    public static async Task<JsonElement> DoAsync(this FikoServer server, TestAgent by, HttpMethod method, string path, object? body = null)
    {
        var answer = await server.AskAsync(by, method, path, body);
        Assert.True((int)answer.Status is >= 200 and < 300, $"{method} {path}: {answer.Status} {answer.Text}");
        return answer.Text.Length == 0 ? default : answer.Json;
    }

    public static Task<JsonElement> ShowAsync(this FikoServer server, TestAgent by, string conversation) =>
        server.DoAsync(by, HttpMethod.Get, $"conversations/{conversation}");

    public static Task<JsonElement> PatchAsync(this FikoServer server, TestAgent by, string conversation, object patch) =>
        server.DoAsync(by, HttpMethod.Patch, $"conversations/{conversation}", patch);

    /// <summary>Asserts that it is refused with this code, and returns the problem.</summary>
    public static async Task<JsonElement> IsRefusedAsync(this Task<RestAnswer> asked, HttpStatusCode status, string code, string? field = null)
    {
        var answer = await asked;
        Assert.True(answer.Status == status, $"{answer.Status} {answer.Text}");
        Assert.Equal(code, answer.Json.Text("code"));
        if (field is not null)
        {
            Assert.Contains(field, answer.Json.GetProperty("errors").EnumerateObject().Select(e => e.Name));
        }

        return answer.Json;
    }

    /// <summary>The reasons of the conversation_updated frames, in order.</summary>
    public static IEnumerable<string?> Reasons(this IEnumerable<JsonElement> frames) =>
        frames.Where(f => f.IsA("conversation_updated")).Select(f => f.Text("reason"));
}
