using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.BadInput;

/// <summary>rest.md, Errors: whatever comes in is answered with a problem that names it, and never with a failure of the server.</summary>
public sealed class BadRequestsOverRest(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task Each_is_answered_with_a_problem()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("mina");
        var failures = new List<string>();
        var asked = 0;

        foreach (var bad in BadRequests.Of(server, conversation, workspace.ChannelId))
        {
            asked++;
            if (await FailureOfAsync(bad, workspace.Owner) is { } failure)
            {
                failures.Add($"{bad}: {failure}");
            }
        }

        Assert.Empty(failures);
        Assert.True(asked > 200, $"Only {asked} requests were made up");
        Assert.DoesNotContain(server.Log.Lines, line => line.Contains("Unhandled", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(HttpStatusCode.Accepted, await workspace.WriteAsync("mina", "The server goes on"));
    }

    [Theory]
    [InlineData("channels?colour=red", "colour")]
    [InlineData("auth/me?Colour=", "Colour")]
    public async Task A_filter_that_is_none_is_named(string path, string name)
    {
        var workspace = await TestWorkspace.CreateAsync(server);

        var answer = await server.GetAsync($"/api/v1/{path}", workspace.Owner.Token);

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_field");
        Assert.True(problem.GetProperty("errors").TryGetProperty(name, out _));
    }

    [Theory]
    [InlineData("""{"email":5}""", "email")]
    [InlineData("""{"email":["a"],"password":"b"}""", "email")]
    [InlineData("""{"email":"a","password":{}}""", "password")]
    public async Task A_field_that_can_not_be_read_is_named(string body, string name)
    {
        var answer = await server.CallAsync(HttpMethod.Post, "/api/v1/auth/login", new StringContent(body, Encoding.UTF8, "application/json"));

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_field");
        Assert.True(problem.GetProperty("errors").TryGetProperty(name, out _));
    }

    [Theory]
    [InlineData("conversations/bulk", """{"filters":{"assigned_to":"\ud800"},"status":"closed"}""")]
    [InlineData("channels", """{"source":"instagram","access_token":"IGSB17841400000000777-00000000000000000000","instagram_user_id":"\ud800"}""")]
    public async Task A_text_that_is_half_a_character_is_refused(string path, string body)
    {
        var workspace = await TestWorkspace.CreateAsync(server);

        var answer = await server.CallAsync(HttpMethod.Post, $"/api/v1/{path}", new StringContent(body, Encoding.UTF8, "application/json"), workspace.Owner.Token);

        Assert.InRange((int)answer.StatusCode, 400, 499);
    }

    [Theory]
    [InlineData("application/json; charset=x")]
    [InlineData("application/json; charset=\"\"")]
    [InlineData("text/plain; charset=none")]
    public async Task A_body_in_an_unknown_charset_is_415(string type)
    {
        var body = new ByteArrayContent("{}"u8.ToArray());
        body.Headers.TryAddWithoutValidation("Content-Type", type);

        var answer = await server.CallAsync(HttpMethod.Post, "/api/v1/auth/login", body);

        await answer.ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
    }

    private async Task<string?> FailureOfAsync(BadRequest bad, TestAgent by)
    {
        using var request = new HttpRequestMessage(bad.Method, bad.Path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", by.Token);
        request.Options.Set(RestContract.IsNonsense, true);
        request.Content = bad.Body is null ? null : new StringContent(bad.Body, Encoding.UTF8, "application/json");
        using var answer = await server.Http.SendAsync(request);
        if ((int)answer.StatusCode < 400)
        {
            return null;
        }

        return (int)answer.StatusCode >= 500 || answer.Content.Headers.ContentType?.MediaType != "application/problem+json"
            ? $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}"
            : null;
    }
}
