using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Fiko.Application.Realtime;
using Fiko.Domain.Agents;
using Fiko.FunctionalTests.Hosting;
using Fiko.WebApi.Contract;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Isolation;

/// <summary>Every route and every frame that there is, with the ids of a workspace that is not one's own.</summary>
public sealed partial class TryingTheOtherWorkspacesIds(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task Over_REST_shows_nothing_and_changes_nothing()
    {
        var (theirs, own) = (await FilledWorkspace.CreateAsync(server, Mark()), await FilledWorkspace.CreateAsync(server, Mark()));
        await using var list = await theirs.Workspace.OpenListAsync(theirs.Workspace.Owner);
        await using var chat = await theirs.Workspace.OpenChatAsync(theirs.Workspace.Owner, theirs.Ids["conversation"]);
        await Task.WhenAll(list.DrainAsync(), chat.DrainAsync());
        var before = RowsOf.Workspace(server.DatabasePath, theirs.Workspace.Id);
        var found = new List<string>();

        foreach (var (role, agent) in own.Roles)
        {
            foreach (var sample in RestSamples.All)
            {
                if (await TryAsync(sample, role, agent, theirs, own) is { } wrong)
                {
                    found.Add(wrong);
                }
            }
        }

        Assert.True(found.Count == 0, string.Join("\n", found));
        Assert.Equal(before, RowsOf.Workspace(server.DatabasePath, theirs.Workspace.Id));
        Assert.Empty(await list.DrainAsync());
        Assert.Empty(await chat.DrainAsync());
        Assert.Contains(before, row => row.StartsWith("messages: ", StringComparison.Ordinal) && row.Contains(theirs.Mark, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Over_sockets_shows_nothing_and_changes_nothing()
    {
        var (theirs, own) = (await FilledWorkspace.CreateAsync(server, Mark()), await FilledWorkspace.CreateAsync(server, Mark()));
        await using var theirList = await theirs.Workspace.OpenListAsync(theirs.Workspace.Owner);
        await using var theirChat = await theirs.Workspace.OpenChatAsync(theirs.Workspace.Owner, theirs.Ids["conversation"]);
        await Task.WhenAll(theirList.DrainAsync(), theirChat.DrainAsync());
        var before = RowsOf.Workspace(server.DatabasePath, theirs.Workspace.Id);
        var heard = new List<JsonElement>();

        foreach (var (_, agent) in own.Roles)
        {
            await using var shut = await own.Workspace.OpenChatAsync(agent, theirs.Ids["conversation"]);
            Assert.Equal(4404, await shut.ClosedAsync());
            await using var list = await own.Workspace.OpenListAsync(agent, $"&cursor={theirs.Ids["cursor"]}");
            await using var chat = await own.Workspace.OpenChatAsync(agent, own.Ids["conversation"], $"&cursor={theirs.Ids["cursor"]}");
            await SayAsync(list, FrameSamples.List, theirs);
            await SayAsync(chat, FrameSamples.Chat, theirs);
            heard.AddRange([.. shut.Heard, .. list.Heard, .. chat.Heard]);
        }

        Assert.DoesNotContain(heard, frame => frame.GetRawText().Contains(theirs.Mark, StringComparison.Ordinal));
        Assert.Equal(before, RowsOf.Workspace(server.DatabasePath, theirs.Workspace.Id));
        Assert.Empty(await theirList.DrainAsync());
        Assert.Empty(await theirChat.DrainAsync());
    }

    [Fact]
    public void Every_route_is_tried()
    {
        var routes = server.Provider.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.TrimStart('/').StartsWith("api/v1/", StringComparison.Ordinal))
            .SelectMany(e => e.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(m => $"{m} {Plain(e.RoutePattern.RawText!)}"));

        var missing = routes.Except(RestSamples.All.Select(s => s.Route)).Select(r => $"{r}: add a line to {nameof(RestSamples)}, with an id of the other workspace wherever the route takes one");

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_frame_is_tried()
    {
        var samples = FrameSamples.List.Select(s => (s.Type, TopicKind.Inbox)).Concat(FrameSamples.Chat.Select(s => (s.Type, TopicKind.Chat)));

        Assert.Empty(FrameDirectory.Taken.Select(f => (f.Name, f.Where)).Except(samples).Select(f => $"{f.Item1}: add a line to {nameof(FrameSamples)}"));
    }

    [Theory]
    [InlineData("UPDATE conversations SET Title = 'another' WHERE WorkspaceId = $workspace")]
    [InlineData("UPDATE messages SET Error = 'another' WHERE ConversationId IN (SELECT Id FROM conversations WHERE WorkspaceId = $workspace)")]
    [InlineData("DELETE FROM drafts WHERE ConversationId IN (SELECT Id FROM conversations WHERE WorkspaceId = $workspace)")]
    [InlineData("UPDATE workspaces SET Name = 'another' WHERE Id = $workspace")]
    public async Task A_row_that_changed_is_noticed_whichever_table_it_is_in(string change)
    {
        var theirs = await FilledWorkspace.CreateAsync(server, $"zebra{Guid.NewGuid():N}");
        var before = RowsOf.Workspace(server.DatabasePath, theirs.Workspace.Id);

        RowsOf.Change(server.DatabasePath, theirs.Workspace.Id, change);

        Assert.NotEqual(before, RowsOf.Workspace(server.DatabasePath, theirs.Workspace.Id));
    }

    private async Task<string?> TryAsync(RestSample sample, Role role, TestAgent agent, FilledWorkspace theirs, FilledWorkspace own)
    {
        var method = new HttpMethod(sample.Route.Split(' ')[0]);
        var body = sample.Body is null ? null : new StringContent(Fill(sample.Body, theirs, own), Encoding.UTF8, "application/json");
        using var answer = await server.CallAsync(method, $"/api/v1{Fill(sample.Path, theirs, own)}", body, agent.Token);
        var (status, text) = ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
        int[] expected = [.. sample.Answers is [] ? [404] : sample.Answers, .. role is Role.Owner ? [] : new[] { 403 }];
        return !expected.Contains(status) ? $"{role}: {sample.Route} with {sample.Path} answered {status}, not {string.Join(" or ", expected)}: {text}"
            : text.Contains(theirs.Mark, StringComparison.Ordinal) ? $"{role}: {sample.Route} with {sample.Path} showed {text}"
            : null;
    }

    private static async Task SayAsync(FikoSocket socket, IReadOnlyList<(string Type, string Frame)> samples, FilledWorkspace theirs)
    {
        foreach (var (_, frame) in samples.SkipLast(1))
        {
            await SayAsync(frame);
        }

        await socket.DrainAsync();
        await SayAsync(samples[^1].Frame);
        Assert.Equal(1008, await socket.ClosedAsync());

        Task SayAsync(string frame) => socket.SendTextAsync(theirs.Fill(frame.Replace("{mark}", theirs.Mark, StringComparison.Ordinal)));
    }

    // The mark that is searched for is not in an answer unless a row is: nothing repeats what was asked.
    private static string Fill(string sample, FilledWorkspace theirs, FilledWorkspace own) =>
        theirs.Fill(own.Ids.Aggregate(sample, (text, id) => text.Replace($"{{own.{id.Key}}}", id.Value, StringComparison.Ordinal)).Replace("{mark}", theirs.Mark, StringComparison.Ordinal));

    private static string Mark() => $"zx{Guid.NewGuid():N}"[..14];

    private static string Plain(string route) => Constraint().Replace($"/{route.Trim('/')}", "{$1}")["/api/v1".Length..];

    [GeneratedRegex(@"\{(\w+):[^}]+\}")]
    private static partial Regex Constraint();
}
