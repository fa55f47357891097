using System.Net;
using System.Net.Http.Json;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Fiko.FunctionalTests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Protocol;

public sealed class FilteringTheList(FikoServer server) : IClassFixture<FikoServer>
{
    [Theory]
    [InlineData("{}", "closed mine read")]
    [InlineData("""{"status":"active"}""", "mine read")]
    [InlineData("""{"status":"closed"}""", "closed")]
    [InlineData("""{"status":"pending"}""", "")]
    [InlineData("""{"source":"api"}""", "closed mine read")]
    [InlineData("""{"source":"telegram"}""", "")]
    [InlineData("""{"unread_only":true}""", "closed mine")]
    [InlineData("""{"unread_only":false}""", "closed mine read")]
    [InlineData("""{"assigned_to":"me"}""", "mine")]
    [InlineData("""{"assigned_to":ME}""", "mine")]
    [InlineData("""{"assigned_to":"none"}""", "closed read")]
    [InlineData("""{"assigned_to":999999999}""", "")]
    [InlineData("""{"tag":"vip"}""", "mine")]
    [InlineData("""{"tag":"VI"}""", "")]
    [InlineData("""{"search":"clo"}""", "closed")]
    [InlineData("""{"search":"customer MINE"}""", "mine")]
    [InlineData("""{"search":"%"}""", "")]
    [InlineData("""{"search":"_ine"}""", "")]
    [InlineData("""{"search":" "}""", "closed mine read")]
    [InlineData("""{"status":"active","unread_only":true}""", "mine")]
    [InlineData("""{"status":null,"tag":null,"search":null,"assigned_to":null,"source":null,"unread_only":null}""", "closed mine read")]
    public async Task Only_what_matches_is_listed_and_counted(string filters, string expected)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await TellAsync(workspace);
        await using var list = await workspace.OpenListAsync(workspace.Owner);

        await list.SendTextAsync($$"""{"type":"get_conversations","filters":{{filters.Replace("ME", $"{workspace.Owner.Id}", StringComparison.Ordinal)}}}""");

        var frame = await list.NextAsync("conversations_list");
        var shown = frame.At("conversations").EnumerateArray().Select(c => c.Text("customer.last_name")).Order().ToList();
        Assert.Equal(expected, string.Join(' ', shown));
        Assert.Equal(shown.Count, frame.Number("total"));
    }

    private async Task TellAsync(TestWorkspace workspace)
    {
        await workspace.BeginAsync("closed");
        var mine = await workspace.BeginAsync("mine");
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, await workspace.BeginAsync("read"));
        await chat.SendAsync(new { type = "mark_read" });
        await chat.NextAsync("messages_read");
        await using var scope = server.Provider.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IFikoDb>();
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().CommitAsync(
            async () =>
            {
                var closed = await db.Conversations.SingleAsync(c => c.WorkspaceId == workspace.Id && c.Chat == "closed");
                closed.ChangeStatus(ConversationStatus.Closed, closed.UpdatedAt);
                await db.SaveChangesAsync(CancellationToken.None);
                return true;
            },
            CancellationToken.None);

        var patched = await server.CallAsync(
            HttpMethod.Patch, $"/api/v1/conversations/{mine}", JsonContent.Create(new { assigned_to = workspace.Owner.Id, tags = new[] { "vip", "x" } }), workspace.Owner.Token);
        Assert.Equal(HttpStatusCode.OK, patched.StatusCode);
    }
}
