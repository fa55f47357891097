using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using Fiko.FunctionalTests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Isolation;

/// <summary>A workspace with one of everything, each text of it marked, and what others would need to get at it.</summary>
internal sealed class FilledWorkspace
{
    private FilledWorkspace(TestWorkspace workspace, string mark) => (Workspace, Mark) = (workspace, mark);

    public TestWorkspace Workspace { get; }

    /// <summary>In every text and name that a person gave.</summary>
    public string Mark { get; }

    /// <summary>Ids by the name of what they are of, as the samples write them: <c>{conversation}</c>.</summary>
    public Dictionary<string, string> Ids { get; } = [];

    /// <summary>One of each role.</summary>
    public IEnumerable<(Role Role, TestAgent Agent)> Roles => [(Role.Owner, Workspace.Agents[0]), (Role.Admin, Workspace.Agents[1]), (Role.Agent, Workspace.Agents[2])];

    public static async Task<FilledWorkspace> CreateAsync(FikoServer server, string mark)
    {
        var filled = new FilledWorkspace(await TestWorkspace.CreateAsync(server, agents: 3), mark);
        await filled.PromoteAsync(server);
        await filled.FillAsync(server);
        return filled;
    }

    /// <summary>The ids written into a sample.</summary>
    public string Fill(string sample) => Ids.Aggregate(sample, (text, id) => text.Replace($"{{{id.Key}}}", id.Value, StringComparison.Ordinal));

    private async Task PromoteAsync(FikoServer server)
    {
        await using var scope = server.Provider.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().CommitAsync(
            () => scope.ServiceProvider.GetRequiredService<IFikoDb>().Agents.Where(a => a.Id == Workspace.Agents[1].Id)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.Role, Role.Admin)),
            CancellationToken.None);
    }

    private async Task FillAsync(FikoServer server)
    {
        var owner = Workspace.Owner;
        Ids["user"] = $"{Workspace.Agents[2].Id}";
        Ids["token"] = Workspace.Owner.Token;
        Ids["channel"] = $"{Workspace.ChannelId}";
        Ids["conversation"] = await Workspace.BeginAsync($"{Mark} customer", $"{Mark} question");
        var conversation = $"/api/v1/conversations/{Ids["conversation"]}";
        Ids["question"] = (await ReadAsync(server, $"{conversation}/messages")).Text("items.0.id")!;
        Ids["message"] = (await MakeAsync(server, $"{conversation}/messages", new { content = $"{Mark} answer" })).Text("message.id")!;
        Ids["customer"] = $"{(await ReadAsync(server, conversation)).Number("customer.id")}";
        Ids["other_customer"] = await OtherCustomerAsync(server);
        Ids["note"] = (await MakeAsync(server, $"{conversation}/notes", new { content = $"{Mark} note" })).Text("message.id")!;
        Ids["customer_note"] = $"{(await MakeAsync(server, $"/api/v1/customers/{Ids["customer"]}/notes", new { text = $"{Mark} customer note" })).Number("id")}";
        Ids["tag"] = $"{(await MakeAsync(server, "/api/v1/tags", new { name = $"{Mark} tag" })).Number("id")}";
        Ids["reply"] = $"{(await MakeAsync(server, "/api/v1/replies", new { title = $"{Mark} reply", shortcut = "hi", text = $"{Mark} text" })).Number("id")}";
        Ids["webhook"] = $"{(await MakeAsync(server, "/api/v1/webhooks", new { url = $"http://127.0.0.1:9/{Mark}", description = $"{Mark} hook", is_active = false })).Number("id")}";
        Ids["delivery"] = "1";
        Ids["attachment"] = (await server.UploadedAsync(owner, SomeFile.Png(), $"{Mark}.png")).Text("id")!;
        Ids["merge"] = $"{(await MakeAsync(server, $"/api/v1/customers/{Ids["other_customer"]}/merge", new { into = long.Parse(Ids["customer"], System.Globalization.CultureInfo.InvariantCulture) }, HttpStatusCode.OK)).Number("id")}";
        Ids["other_customer"] = await OtherCustomerAsync(server);
        using var draft = await server.CallAsync(HttpMethod.Put, $"{conversation}/draft", JsonContent.Create(new { content = $"{Mark} draft" }), owner.Token);
        Assert.Equal(HttpStatusCode.OK, draft.StatusCode);
        Ids["cursor"] = (await ReadAsync(server, "/api/v1/events")).Text("next_cursor")!;
    }

    private async Task<string> OtherCustomerAsync(FikoServer server)
    {
        var conversation = await Workspace.BeginAsync($"{Mark} {Guid.NewGuid():N}", $"{Mark} other question");
        return $"{(await ReadAsync(server, $"/api/v1/conversations/{conversation}")).Number("customer.id")}";
    }

    private async Task<JsonElement> ReadAsync(FikoServer server, string path)
    {
        using var answer = await server.GetAsync(path, Workspace.Owner.Token);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.JsonAsync();
    }

    private async Task<JsonElement> MakeAsync(FikoServer server, string path, object body, HttpStatusCode status = HttpStatusCode.Created)
    {
        using var answer = await server.PostAsync(path, body, Workspace.Owner.Token);
        Assert.True(answer.StatusCode == status, $"{path}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.JsonAsync();
    }
}
