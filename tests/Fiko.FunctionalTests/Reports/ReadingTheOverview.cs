using System.Net;
using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Reports;

public sealed class ReadingTheOverview(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task What_was_said_and_answered_is_counted()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var id = await workspace.BeginAsync("sara");
        await workspace.WriteAsync("sara", "Anyone?");
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, id);
        await chat.SendAsync(new { type = "chat_message", content = "Yes" });
        await chat.NextAsync("chat_message");
        using var closed = await server.CallAsync(HttpMethod.Patch, $"/api/v1/conversations/{id}", System.Net.Http.Json.JsonContent.Create(new { status = "closed" }), workspace.Owner.Token);
        Assert.Equal(HttpStatusCode.OK, closed.StatusCode);

        var report = await (await CallAsync(workspace.Owner, "")).JsonAsync();

        Assert.Equal((1, 1, 2, 1), Figures(report.GetProperty("total")));
        Assert.Equal((1, 1), (report.At("total.first_response.count").GetInt32(), report.At("total.resolution.count").GetInt32()));
        Assert.InRange(report.At("total.first_response.median_seconds").GetDouble(), 0, 60);
        Assert.Equal(0, report.Number("open_now"));
        Assert.Equal("api", report.GetProperty("by_source")[0].Text("source"));
        Assert.Equal((workspace.Owner.Id, workspace.Owner.Name, 1), (report.GetProperty("by_agent")[0].Number("user_id"), report.GetProperty("by_agent")[0].Text("username"), (int)report.GetProperty("by_agent")[0].Number("messages_out")));
        Assert.Equal((1, 1, 2, 1), Figures(report.GetProperty("by_day").EnumerateArray().Last().GetProperty("figures")));
        Assert.Equal("UTC", report.Text("timezone"));
    }

    [Fact]
    public async Task Another_workspace_counts_nothing_of_it()
    {
        var (mine, theirs) = (await TestWorkspace.CreateAsync(server, agents: 1), await TestWorkspace.CreateAsync(server, agents: 1));
        await theirs.WriteAsync("sara", "Hello");

        var report = await (await CallAsync(mine.Owner, "")).JsonAsync();

        Assert.Equal((0, 0, 0, 0), Figures(report.GetProperty("total")));
        Assert.Equal(0, report.Number("open_now"));
    }

    [Fact]
    public async Task Agents_may_not_read_it_and_nobody_without_a_token()
    {
        var workspace = await TestWorkspace.CreateAsync(server);

        await (await CallAsync(workspace.Agents[1], "")).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.GetAsync("/api/v1/reports/overview")).StatusCode);
    }

    [Theory]
    [InlineData("?from=2026-11-02&to=2026-11-01", "from")]
    [InlineData("?from=2026-11-02T10:00:00Z&to=2026-11-02T09:00:00Z", "from")]
    [InlineData("?from=2025-01-01&to=2026-11-01", "from")]
    [InlineData("?from=2999-01-01", "from")]
    [InlineData("?from=soon", "from")]
    [InlineData("?to=2026-02-30", "to")]
    [InlineData("?timezone=Mars/Base", "timezone")]
    [InlineData("?timezone=../../etc/passwd", "timezone")]
    [InlineData("?timezone=", "timezone")]
    [InlineData("?days=3", "days")]
    public async Task A_wrong_question_is_refused_and_names_its_field(string query, string field)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);

        var problem = await (await CallAsync(workspace.Owner, query)).ProblemAsync(HttpStatusCode.BadRequest, "invalid_field");

        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.GetRawText());
    }

    [Fact]
    public async Task Every_day_is_there_by_the_clock_that_was_asked_for()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);

        var report = await (await CallAsync(workspace.Owner, "?from=2026-03-28&to=2026-03-30&timezone=Europe/Berlin")).JsonAsync();

        Assert.Equal(["2026-03-28", "2026-03-29", "2026-03-30"], report.GetProperty("by_day").EnumerateArray().Select(d => d.Text("date")));
        Assert.Equal(("2026-03-27T23:00:00.000Z", "2026-03-30T21:59:59.999Z"), (report.Text("from"), report.Text("to")));
    }

    private static (int New, int Closed, int In, int Out) Figures(JsonElement figures) => (
        (int)figures.Number("conversations_new"), (int)figures.Number("conversations_closed"), (int)figures.Number("messages_in"), (int)figures.Number("messages_out"));

    private Task<HttpResponseMessage> CallAsync(TestAgent agent, string query) => server.GetAsync($"/api/v1/reports/overview{query}", agent.Token);
}
