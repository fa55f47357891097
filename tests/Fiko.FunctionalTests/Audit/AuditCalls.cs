using System.Net;
using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Audit;

/// <summary>Short ways to the audit.</summary>
internal static class AuditCalls
{
    /// <summary>The entries of one page, newest first.</summary>
    public static async Task<IReadOnlyList<JsonElement>> AuditAsync(this FikoServer server, TestAgent owner, string query = "")
    {
        var answer = await server.GetAsync($"/api/v1/audit?{query}", owner.Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return [.. (await answer.JsonAsync()).At("items").EnumerateArray()];
    }

    /// <summary>Action and target, newest first.</summary>
    public static async Task<string[]> DeedsAsync(this FikoServer server, TestAgent owner, string query = "") =>
        [.. (await server.AuditAsync(owner, query)).Select(e => $"{e.Text("action")} {e.Text("target")}")];

    /// <summary>The newest entry of an action, once it is there: refused logins are noted after their answer.</summary>
    public static async Task<JsonElement> DeedAsync(this FikoServer server, TestAgent owner, string action) =>
        (await Eventually.SeesAsync(() => server.AuditAsync(owner, $"action={action}"), entries => entries.Count > 0, action))[0];
}
