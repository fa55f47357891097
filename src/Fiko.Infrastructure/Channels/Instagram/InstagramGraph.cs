using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Fiko.Infrastructure.Channels.Instagram;

/// <summary>Calls the Graph API: one call each, no retry, no redirect, the token in a header (developers.facebook.com/docs/graph-api).</summary>
internal sealed partial class InstagramGraph(IHttpClientFactory http, IInstagramEndpoint endpoint, IOptions<InstagramOptions> options)
{
    public const string HttpClientName = "instagram";

    // The answers in use are some hundred bytes; what is longer is no answer of theirs.
    private const int LongestAnswer = 1024 * 1024;

    public bool IsFacebook => options.Value.Login is InstagramLogin.Facebook;

    private string Root => endpoint.GraphBaseUrl ?? (IsFacebook ? "https://graph.facebook.com" : "https://graph.instagram.com");

    /// <summary>Whether a token can stand in a header at all.</summary>
    public static bool IsToken(string? token) => token is not null && TokenForm().IsMatch(token);

    public Task<GraphAnswer> GetAsync(string path, string token, CancellationToken ct) => CallAsync(HttpMethod.Get, Versioned(path), token, body: null, ct);

    public Task<GraphAnswer> PostAsync(string path, string token, JsonObject? body, CancellationToken ct) =>
        CallAsync(HttpMethod.Post, Versioned(path), token, body, ct);

    public Task<GraphAnswer> DeleteAsync(string path, string token, CancellationToken ct) =>
        CallAsync(HttpMethod.Delete, Versioned(path), token, body: null, ct);

    /// <summary>The endpoints of tokens have no version, and take the token in the query only.</summary>
    public Task<GraphAnswer> RenewAsync(string token, CancellationToken ct) => CallAsync(
        HttpMethod.Get,
        new Uri($"{Root}/refresh_access_token?grant_type=ig_refresh_token&access_token={Uri.EscapeDataString(token)}"),
        token: null,
        body: null,
        ct);

    private Uri Versioned(string path) => new($"{Root}/{options.Value.ApiVersion}/{path}");

    private async Task<GraphAnswer> CallAsync(HttpMethod method, Uri address, string? token, JsonObject? body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        using var client = http.CreateClient(HttpClientName);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        var text = await ReadAsync(response.Content, ct);
        return new GraphAnswer((int)response.StatusCode, text is null ? null : Parse(text), RetryAfterOf(response));
    }

    private static async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken ct)
    {
        await using var stream = await content.ReadAsStreamAsync(ct);
        using var read = new MemoryStream();
        var buffer = new byte[8192];
        int count;
        while ((count = await stream.ReadAsync(buffer, ct)) > 0)
        {
            if (read.Length + count > LongestAnswer)
            {
                return null;
            }

            read.Write(buffer, 0, count);
        }

        return read.ToArray();
    }

    private static JsonElement? Parse(byte[] text)
    {
        using var document = JsonText.TryParse(Encoding.UTF8.GetString(text));
        return document?.RootElement is { ValueKind: JsonValueKind.Object } answer ? answer.Clone() : null;
    }

    private static TimeSpan? RetryAfterOf(HttpResponseMessage response) =>
        response.Headers.RetryAfter?.Delta is { } delta && delta > TimeSpan.Zero ? delta : null;

    [GeneratedRegex(@"^[A-Za-z0-9_.|~+/=%-]{8,1000}\z")]
    private static partial Regex TokenForm();
}
