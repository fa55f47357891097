using System.Net;

namespace Fiko.WebApi.Hosting;

/// <summary>Asks the server that runs on this machine whether it is ready, for a container's health check: its image holds no other program.</summary>
internal static class HealthCommand
{
    public const string Name = "health";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <returns>0 where it is ready, 1 where not.</returns>
    public static async Task<int> AskHealthAsync(this IConfiguration configuration, TextWriter output)
    {
        var address = (configuration["Urls"] ?? "http://localhost:8000").Split(';')[0];
        using var http = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(new Uri($"{Reachable(address)}/health/ready"));
            await output.WriteLineAsync(answer.StatusCode is HttpStatusCode.OK ? "ready" : $"not ready: {(int)answer.StatusCode}");
            return answer.StatusCode is HttpStatusCode.OK ? 0 : 1;
        }
        catch (Exception failed) when (failed is HttpRequestException or TaskCanceledException or UriFormatException)
        {
            await output.WriteLineAsync("not ready: no answer");
            return 1;
        }
    }

    // Where it listens on all addresses, it listens on this one.
    private static string Reachable(string address)
    {
        foreach (var any in (string[])["//0.0.0.0", "//[::]", "//*", "//+"])
        {
            address = address.Replace(any, "//localhost", StringComparison.Ordinal);
        }

        return address.TrimEnd('/');
    }
}
