using Fiko.Application.Attachments;
using Fiko.Application.Channels;
using Fiko.Application.Conversations;
using Fiko.Application.Messaging;
using Fiko.Application.Realtime;
using Fiko.Domain.Conversations;
using Fiko.Domain.Customers;
using Fiko.IntegrationTests.Hosting;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.IntegrationTests;

/// <summary>What something costs in statements does not grow with what there is.</summary>
public abstract class AskingTheDatabaseLittle(IDatabases databases) : PersistenceContract(databases)
{
    private const int Few = 10;

    [Fact]
    public async Task Listing_costs_the_same_for_ten_and_for_five_hundred()
    {
        ListConversations[] lists =
        [
            new(Workspace.Caller),
            new(Workspace.Caller, Limit: 5),
            new(Workspace.Caller, Limit: 500),
            new(Workspace.Caller, Filters: new("active", "api", UnreadOnly: true, "none", Tag: null, Search: "First")),
            new(Workspace.Caller, Filters: new(null, null, null, "me", null, null)),
            new(Workspace.Caller, Filters: new(null, null, null, null, "vip", null)),
        ];
        await Workspace.BeginAsync(Few);
        var page = (await Store.SendAsync(new ListConversations(Workspace.Caller, Limit: 4))).NextPage;
        lists = [.. lists, new(Workspace.Caller, Limit: 3, Page: page)];
        var before = await CostsAsync(lists);

        await Workspace.BeginAsync(490);

        // One more where a conversation on the page has tags.
        Assert.All([.. before, .. await CostsAsync(lists)], cost => Assert.InRange(cost, 3, 4));
    }

    [Fact]
    public async Task Opening_a_chat_costs_the_same_for_ten_and_for_a_thousand_messages()
    {
        var id = (await Workspace.BeginAsync(1))[0];
        await Workspace.WriteAsync(id, Few - 1);
        var (open, newest, older, later) = (
            new OpenChat(Workspace.Caller, new(id)),
            new GetMessages(Workspace.Caller, new(id), null, null, null),
            new GetMessages(Workspace.Caller, new(id), Before: 9, null, 200),
            new GetMessages(Workspace.Caller, new(id), null, After: 2, 200));
        var before = (await CostAsync(open), await CostAsync(newest), await CostAsync(older), await CostAsync(later));

        await Workspace.WriteAsync(id, 1000 - Few);

        Assert.Equal(before, (await CostAsync(open), await CostAsync(newest), await CostAsync(older), await CostAsync(later)));
        Assert.Equal((3, 2, 2, 2), before);
    }

    [Fact]
    public async Task Resuming_costs_the_same_for_ten_and_for_nine_hundred_missed_events()
    {
        var id = (await Workspace.BeginAsync(1))[0];
        var cursor = Cursor.Write(Workspace.Stamp, await Store.HeadAsync(Workspace.Id));
        var (list, chat) = (new ResumeSocket(Workspace.Caller, null, cursor), new ResumeSocket(Workspace.Caller, new(id), cursor));
        await Workspace.WriteAsync(id, Few);
        var before = (await CostAsync(list), await CostAsync(chat));

        await Workspace.WriteAsync(id, 900 - Few);

        Assert.Equal(before, (await CostAsync(list), await CostAsync(chat)));
        Assert.Equal((4, 4), before);
        Assert.Equal(900, (await Store.SendAsync(chat)).Missed.Count);
        Assert.Equal((5, 5), (await CostAsync(list with { PageSize = 64 }), await CostAsync(chat with { PageSize = 64 })));
    }

    [Fact]
    public async Task Telling_a_batch_of_events_costs_two_queries_and_one_for_tags()
    {
        await Workspace.BeginAsync(200);

        foreach (var batch in (int[])[Few, 200])
        {
            var events = await Store.ReadAsync(db => db.Events.OrderBy(e => e.Position).Take(batch).ToListAsync(Ct));
            Store.Recorder.Clear();
            await Store.ReadAsync(db => PresentState.LoadAsync(db, Store.Services.GetRequiredService<IFileLinks>(), Workspace.Id, events, summaries: true, Ct));

            Assert.InRange(Store.Recorder.Commands.Count, 2, 3);
        }
    }

    [Fact]
    public async Task Writing_costs_the_same_in_an_empty_and_in_a_full_workspace()
    {
        var empty = (await Workspace.BeginAsync(1))[0];
        await Workspace.WriteAsync(empty, 1);
        var before = await WritesAsync(empty);

        await Workspace.BeginAsync(300);
        var full = (await Workspace.BeginAsync(1))[0];
        await Workspace.WriteAsync(full, 1000);

        Assert.Equal(before, await WritesAsync(full));
    }

    private async Task<(int First, int Send, int Read, int Receive)> WritesAsync(long id)
    {
        var chat = await Store.ReadAsync(db => db.Conversations.Where(c => c.Id == id).Select(c => c.Chat).SingleAsync(Ct));
        return (
            await CostAsync(new ReceiveApiMessage(Workspace.Api, Unique(), new ApiCustomer(Unique(), "New"), "Hello")),
            await CostAsync(new SendMessage(Workspace.Caller, new(id), "An answer", ClientId: Unique())),
            await CostAsync(new MarkRead(Workspace.Caller, new(id))),
            await CostAsync(new ReceiveMessage(Workspace.Api, new CustomerWrote(chat, new CustomerProfile("", null), Unique(), "text", "Hello"))));
    }

    private static string Unique() => Guid.NewGuid().ToString("N");

    private async Task<int> CostAsync<TResult>(IRequest<TResult> request) => (await Store.RecordAsync(request)).Count;

    private async Task<List<int>> CostsAsync(IEnumerable<ListConversations> lists)
    {
        var costs = new List<int>();
        foreach (var list in lists)
        {
            costs.Add(await CostAsync(list));
        }

        return costs;
    }
}

public sealed class AskingSqliteLittle(SqliteDatabases databases) : AskingTheDatabaseLittle(databases);

public sealed class AskingSqlServerLittle(SqlServerDatabases databases) : AskingTheDatabaseLittle(databases);
