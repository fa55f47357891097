using System.Net;
using System.Text.Json;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Fiko.FunctionalTests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Search;

public sealed class SearchingAWorkspace(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task A_message_is_found_with_the_part_that_matched()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("sara", "سلام، كتاب‌هاي ١٢٣ رسید؟");

        var found = await FindAsync(workspace, "کتابهای 123");

        var hit = Assert.Single(found.GetProperty("items").EnumerateArray());
        Assert.Equal(("message", conversation), (hit.Text("type"), hit.Text("conversation_id")));
        Assert.Equal("سلام، كتاب‌هاي ١٢٣ رسید؟", hit.Text("message.content"));
        Assert.Equal(hit.Text("message.created_at"), hit.Text("created_at"));
        Assert.Equal("sara", hit.Text("customer.last_name"));
        Assert.Equal(("content", "سلام، كتاب‌هاي ١٢٣ رسید؟", 0), (hit.Text("match.field"), hit.Text("match.text"), (int)hit.Number("match.offset")));
        Assert.Equal(["كتاب‌هاي", "١٢٣"], MarkedIn(hit));
        Assert.Equal(JsonValueKind.Null, found.GetProperty("next_cursor").ValueKind);
    }

    [Fact]
    public async Task A_customer_is_found_beside_what_they_say()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await workspace.WriteAsync("rezaei", "My name is Rezaei", firstName: "Ali");

        var hits = (await FindAsync(workspace, "rezaei")).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(["customer", "message"], hits.Select(h => h.Text("type")).Order());
        var customer = hits.Single(h => h.IsA("customer"));
        Assert.Equal(("name", "Ali rezaei"), (customer.Text("match.field"), customer.Text("match.text")));
        Assert.Equal(["rezaei"], MarkedIn(customer));
        Assert.Equal(JsonValueKind.Null, customer.GetProperty("message").ValueKind);
        Assert.Single((await FindAsync(workspace, "rezaei", "&type=customers")).GetProperty("items").EnumerateArray());
        Assert.Single((await FindAsync(workspace, "rezaei", "&type=messages")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Pages_go_on_where_they_ended_although_more_is_said_meanwhile()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        for (var i = 0; i < 5; i++)
        {
            await workspace.WriteAsync("sara", $"word {i}");
        }

        var first = await FindAsync(workspace, "word", "&limit=3");
        await workspace.WriteAsync("sara", "word 5");
        var second = await FindAsync(workspace, "word", $"&limit=3&cursor={first.Text("next_cursor")}");

        Assert.Equal(["word 4", "word 3", "word 2"], ContentsOf(first));
        Assert.Equal(["word 1", "word 0"], ContentsOf(second));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next_cursor").ValueKind);
    }

    [Fact]
    public async Task What_was_edited_or_taken_back_is_found_no_more()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var id = await workspace.BeginAsync("sara", "original");
        await ChangeAsync(id, (conversation, message) => conversation.Edit(message, "replacement", null, message.CreatedAt));

        Assert.Empty(ContentsOf(await FindAsync(workspace, "original")));
        Assert.Equal(["replacement"], ContentsOf(await FindAsync(workspace, "replacement")));

        await ChangeAsync(id, (conversation, message) => conversation.Delete(message, message.CreatedAt));

        Assert.Empty(ContentsOf(await FindAsync(workspace, "replacement")));
    }

    [Fact]
    public async Task Another_workspace_finds_nothing_of_it_by_any_filter()
    {
        var (mine, theirs) = (await TestWorkspace.CreateAsync(server, agents: 1), await TestWorkspace.CreateAsync(server, agents: 1));
        var id = await theirs.BeginAsync("sara", "secret");
        var customer = (await FindAsync(theirs, "secret")).GetProperty("items")[0].Number("customer.id");

        Assert.Empty((await FindAsync(mine, "secret")).GetProperty("items").EnumerateArray());
        Assert.Empty((await FindAsync(mine, "sara")).GetProperty("items").EnumerateArray());
        await (await CallAsync(mine, $"?q=secret&conversation_id={id}")).ProblemAsync(HttpStatusCode.NotFound, "conversation_not_found");
        await (await CallAsync(mine, $"?q=secret&customer_id={customer}")).ProblemAsync(HttpStatusCode.NotFound, "customer_not_found");
    }

    [Fact]
    public async Task An_agent_may_search_and_nobody_without_a_token()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        await workspace.WriteAsync("sara", "hello");

        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/api/v1/search?q=hello", workspace.Agents[1].Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.GetAsync("/api/v1/search?q=hello")).StatusCode);
    }

    [Theory]
    [InlineData("", "q")]
    [InlineData("?q=", "q")]
    [InlineData("?q=%20%20", "q")]
    [InlineData("?q=LONG", "q")]
    [InlineData("?q=a&type=people", "type")]
    [InlineData("?q=a&limit=0", "limit")]
    [InlineData("?q=a&limit=101", "limit")]
    [InlineData("?q=a&limit=x", "limit")]
    [InlineData("?q=a&cursor=x", "cursor")]
    [InlineData("?q=a&conversation_id=12", "conversation_id")]
    [InlineData("?q=a&conversation_id=conv_1&type=customers", "conversation_id")]
    [InlineData("?q=a&customer_id=x", "customer_id")]
    [InlineData("?q=a&from=yesterday", "from")]
    [InlineData("?q=a&from=2026-13-01", "from")]
    [InlineData("?q=a&to=9999-12-31T23:59:59Z", "to")]
    [InlineData("?q=a&to=2026-11-31", "to")]
    [InlineData("?q=a&from=2026-11-02&to=2026-11-01", "from")]
    [InlineData("?q=a&query=b", "query")]
    [InlineData("?q=a&sort=id", "sort")]
    public async Task A_wrong_question_is_refused_and_names_its_field(string query, string field)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);

        var answer = await CallAsync(workspace, query.Replace("LONG", new string('a', 201), StringComparison.Ordinal));

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_field");
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.GetRawText());
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("* OR ^\"a\" NEAR(b")]
    [InlineData("%_[]'--")]
    [InlineData("words:hello")]
    [InlineData("\u200C")]
    public async Task No_sign_in_it_is_an_error(string typed)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await workspace.WriteAsync("sara", "something else");

        Assert.Empty((await FindAsync(workspace, typed)).GetProperty("items").EnumerateArray());
    }

    private async Task<JsonElement> FindAsync(TestWorkspace workspace, string typed, string more = "")
    {
        using var answer = await CallAsync(workspace, $"?q={Uri.EscapeDataString(typed)}{more}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.JsonAsync();
    }

    private Task<HttpResponseMessage> CallAsync(TestWorkspace workspace, string query) => server.GetAsync($"/api/v1/search{query}", workspace.Owner.Token);

    private static IEnumerable<string?> ContentsOf(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(h => h.Text("message.content"));

    private static IEnumerable<string> MarkedIn(JsonElement hit) => hit.GetProperty("match").GetProperty("highlights").EnumerateArray()
        .Select(h => hit.Text("match.text")!.Substring((int)h.Number("start"), (int)h.Number("length")));

    private async Task ChangeAsync(string conversation, Action<Conversation, Message> change)
    {
        Assert.True(ConversationId.TryParse(conversation, out var id));
        await using var scope = server.Provider.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IFikoDb>();
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().CommitAsync(
            async () =>
            {
                var changed = await db.Conversations.SingleAsync(c => c.Id == id.Value);
                change(changed, await db.Messages.Include(m => m.Revisions).Include(m => m.Attachments).SingleAsync(m => m.ConversationId == id.Value && m.Seq == 1));
                await db.SaveChangesAsync(CancellationToken.None);
                return true;
            },
            CancellationToken.None);
    }
}
