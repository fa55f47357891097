using System.Net;
using Fiko.Application.Customers;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using Fiko.FunctionalTests.Hosting;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Customers;

public sealed class ErasingACustomer(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task Nothing_of_them_is_left_anywhere()
    {
        var bot = await TelegramWorkspace.CreateAsync(server);
        var desk = new CustomerDesk(server, bot.Workspace);
        var person = CustomersSide.NewCustomer();
        var conversation = await bot.BeginAsync(person, "My secret is zebra");
        await bot.Customers.SendAsync(person, "photo", "zebra photo");
        await using var chat = await bot.OpenChatAsync(conversation);
        await chat.SendAsync(new { type = "chat_message", content = "We keep your zebra" });
        await chat.NextAsync("chat_message");
        var customer = (await desk.OkAsync(HttpMethod.Get, $"?search={person}")).Number("items.0.id");
        await desk.OkAsync(HttpMethod.Patch, $"/{customer}", new { first_name = "Zebrina", email = "zebra@example.com", attributes = new { animal = "zebra" } });
        await desk.OkAsync(HttpMethod.Post, $"/{customer}/notes", new { text = "Likes zebras" });
        var stored = await FilesAsync();
        Assert.NotEmpty(await DatabaseRows.NamingAsync(server, "zebra", $"{person}"));
        await using var list = await bot.Workspace.OpenListAsync(desk.Owner);

        using var answer = await desk.CallAsync(HttpMethod.Delete, $"/{customer}");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(4404, await chat.ClosedAsync());
        await list.NextCustomerNewsAsync(conversation, "deleted");
        await desk.RefusedAsync(HttpStatusCode.NotFound, "customer_not_found", HttpMethod.Get, $"/{customer}");
        await SeesNothingAsync("zebra", "zebrina", $"{person}");
        Assert.NotEmpty(stored);
        await Eventually.SeesAsync(FilesAsync, files => !files.Intersect(stored).Any(), "their files to be gone");
        await Eventually.SeesAsync(AttachmentsAsync, count => count == 0, "their rows to be gone");

        async Task<int> AttachmentsAsync()
        {
            await using var scope = server.Provider.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<IFikoDb>().Attachments.CountAsync(a => a.WorkspaceId == bot.Workspace.Id);
        }

        Task<string[]> FilesAsync() =>
            Task.FromResult(Directory.GetFiles(Path.Combine(server.DataFolder, "files"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_later_message_is_a_strangers_and_an_old_one_does_not_come_back()
    {
        var bot = await TelegramWorkspace.CreateAsync(server);
        var desk = new CustomerDesk(server, bot.Workspace);
        var person = CustomersSide.NewCustomer();
        var old = TelegramWorkspace.TextUpdate(person, "Before", message: 7001);
        await bot.PostUpdateAsync(old);
        await bot.SettledUpdatesAsync(1);
        var customer = (await desk.OkAsync(HttpMethod.Get, $"?search={person}")).Number("items.0.id");
        using var gone = await desk.CallAsync(HttpMethod.Delete, $"/{customer}");

        await bot.PostUpdateAsync(old);
        await bot.PostUpdateAsync(TelegramWorkspace.TextUpdate(person, "After", message: 7002));
        await bot.SettledUpdatesAsync(2);

        var known = await desk.OkAsync(HttpMethod.Get, "?include_total=true");
        Assert.Equal(1, known.Number("total"));
        Assert.NotEqual(customer, known.Number("items.0.id"));
        var shown = await desk.OkAsync(HttpMethod.Get, $"/{known.Number("items.0.id")}");
        Assert.Equal(("After", 1), (shown.Text("conversations.0.last_message.content"), shown.Number("conversations.0.last_seq")));
    }

    [Fact]
    public async Task Who_was_merged_into_them_goes_with_them()
    {
        var desk = await CustomerDesk.OpenAsync(server);
        var (work, home, other) = (await desk.MeetAsync("okapiwork", "okapi one"), await desk.MeetAsync("okapihome", "okapi two"), await desk.MeetAsync("other"));
        await desk.OkAsync(HttpMethod.Post, $"/{home.Id}/merge", new { into = work.Id });

        using var answer = await desk.CallAsync(HttpMethod.Delete, $"/{work.Id}");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await SeesNothingAsync("okapi");
        await desk.ShowAsync(other);
    }

    [Fact]
    public async Task A_long_history_goes_in_many_small_steps()
    {
        var desk = await CustomerDesk.OpenAsync(server);
        var ali = await desk.MeetAsync("wildebeest", "wildebeest 0");
        foreach (var batch in Enumerable.Range(1, 600).Chunk(50))
        {
            await Task.WhenAll(batch.Select(n => desk.Workspace.WriteAsync("wildebeest", $"wildebeest {n}")));
        }

        using var answer = await desk.CallAsync(HttpMethod.Delete, $"/{ali.Id}");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await SeesNothingAsync("wildebeest");
    }

    [Fact]
    public async Task What_a_dead_server_began_is_finished_by_the_next_start()
    {
        await using var mortal = new FikoServer();
        await mortal.InitializeAsync();
        var desk = await CustomerDesk.OpenAsync(mortal);
        var ali = await desk.MeetAsync("tapir", "tapir");
        await using (var scope = mortal.Provider.CreateAsyncScope())
        {
            var owner = new Caller(desk.Owner.Id, desk.Workspace.Id, desk.Owner.Name, Role.Owner, SessionId: null);
            await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new BuryCustomer(owner, ali.Id), TestContext.Current.CancellationToken);
        }

        await desk.RefusedAsync(HttpStatusCode.NotFound, "customer_not_found", HttpMethod.Get, $"/{ali.Id}");
        await using var refused = await desk.Workspace.OpenChatAsync(desk.Owner, ali.Conversation);
        Assert.Equal(4404, await refused.ClosedAsync());
        Assert.NotEmpty(await DatabaseRows.NamingAsync(mortal, "tapir"));
        await mortal.RestartAsync();

        await Eventually.SeesAsync(() => DatabaseRows.NamingAsync(mortal, "tapir"), rows => rows.Count == 0, "the erasure to be finished");
    }

    [Fact]
    public async Task Only_administrators_erase()
    {
        var desk = await CustomerDesk.OpenAsync(server);
        var ali = await desk.MeetAsync("ali");
        var before = await DatabaseRows.ReadAsync(server);

        await desk.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", HttpMethod.Delete, $"/{ali.Id}", by: desk.Agent);

        Assert.Equal(before, await DatabaseRows.ReadAsync(server));
    }

    private Task<IReadOnlyList<string>> SeesNothingAsync(params string[] words) =>
        Eventually.SeesAsync(() => DatabaseRows.NamingAsync(server, words), rows => rows.Count == 0, "no row to name them");
}
