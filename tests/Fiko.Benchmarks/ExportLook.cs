using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Fiko.Benchmarks;

/// <summary>
/// Exports every customer of a server over real HTTP, and tells what it took: time, bytes, rows, and the most memory that the server's
/// process ever had. The server runs beside this one, as it would for real.
/// </summary>
internal static class ExportLook
{
    private const int Buffer = 64 * 1024;

    /// <param name="server">Its address.</param>
    /// <param name="processId">Of the server, whose memory is told.</param>
    /// <param name="query">What stands after the address of the export.</param>
    public static async Task RunAsync(Uri server, int processId, string query)
    {
        using var http = new HttpClient { BaseAddress = server, Timeout = TimeSpan.FromMinutes(10) };
        var login = await http.PostAsJsonAsync("/api/v1/auth/login", new { email = "owner@fiko.test", password = "fiko-demo" });
        login.EnsureSuccessStatusCode();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", (await login.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString());

        var before = Memory(processId);
        var begun = Stopwatch.GetTimestamp();
        using var answer = await http.GetAsync(new Uri($"/api/v1/customers/export{query}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        var first = Stopwatch.GetElapsedTime(begun);
        await using var body = await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[Buffer];
        long bytes = 0, lines = 0;
        for (int read; (read = await body.ReadAsync(buffer)) > 0; bytes += read)
        {
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
        }

        var took = Stopwatch.GetElapsedTime(begun);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{lines - 1} rows, {bytes / 1e6:0.0} MB, first byte after {first.TotalMilliseconds:0} ms, all after {took.TotalSeconds:0.00} s; the server's memory {before} before, {Memory(processId)} after"));
    }

    private static string Memory(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return string.Create(CultureInfo.InvariantCulture, $"{process.WorkingSet64 / 1e6:0} MB (peak {process.PeakWorkingSet64 / 1e6:0} MB)");
    }
}
