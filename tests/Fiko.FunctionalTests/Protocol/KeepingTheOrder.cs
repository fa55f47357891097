using System.Net;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Protocol;

public sealed class KeepingTheOrder(BusyServer server) : IClassFixture<BusyServer>
{
    [Fact]
    public async Task Twenty_agents_at_once_in_one_chat_and_fifty_chats_at_once_see_one_order_without_gap_or_double()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 20);
        var crowded = await workspace.BeginAsync("crowded");
        var quiet = new List<string>();
        for (var n = 0; n < 50; n++)
        {
            quiet.Add(await workspace.BeginAsync($"quiet-{n}"));
        }

        await using var list = await workspace.OpenListAsync(workspace.Owner);
        var crowd = await Task.WhenAll(workspace.Agents.Select(a => workspace.OpenChatAsync(a, crowded)));
        var chats = await Task.WhenAll(quiet.Select((c, n) => workspace.OpenChatAsync(workspace.Agents[n % 20], c)));
        await list.DrainAsync();

        var customers = Enumerable.Range(0, 10).Select(_ => workspace.WriteAsync("crowded", "from the customer"));
        await Task.WhenAll([.. crowd.Select(c => SendAsync(c, 5)), .. chats.Select(c => SendAsync(c, 3)), .. customers]);

        // The first pong of each says that its own messages are in; when all have theirs, the second says that it heard everybody's.
        await Task.WhenAll(crowd.Concat(chats).Append(list).Select(s => s.DrainAsync()));
        await Task.WhenAll(crowd.Concat(chats).Append(list).Select(s => s.DrainAsync()));

        var orders = crowd.Select(Order).ToList();
        Assert.Equal(Enumerable.Range(2, (20 * 5) + 10), orders[0].Select(m => m.Seq));
        Assert.All(orders, order => Assert.Equal(orders[0], order));
        Assert.All(chats, chat => Assert.Equal(Enumerable.Range(2, 3), Order(chat).Select(m => m.Seq)));
        var positions = list.Heard.Where(f => f.TryGetProperty("conversation_id", out _)).Select(f => Mirror.PositionOf(f.Text("cursor")!)).ToList();
        Assert.Equal((20 * 5) + 10 + (50 * 3), positions.Count);
        Assert.Equal(positions.Order().Distinct(), positions);
        foreach (var socket in crowd.Concat(chats))
        {
            await socket.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_one_agent_sends_keeps_its_order()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, await workspace.BeginAsync("sara"));
        await chat.NextAsync("recent_messages");

        await SendAsync(chat, 30);

        await chat.DrainAsync();
        Assert.Equal(Enumerable.Range(0, 30).Select(n => $"{n}"), chat.Heard.Where(f => f.IsA("chat_message")).Select(f => f.Text("message.content")));
    }

    [Fact]
    public async Task Ten_first_messages_at_once_are_one_customer_and_one_conversation()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await using var list = await workspace.OpenListAsync(workspace.Owner);
        await list.DrainAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => workspace.WriteAsync("sara", $"{n}")));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Accepted, a));
        var heard = await list.DrainAsync();
        Assert.Single(heard.Select(f => f.Text("conversation_id")).Distinct());
        Assert.Single(heard.Select(f => f.Number("conversation.customer.id")).Distinct());
        Assert.Equal(Enumerable.Range(1, 10), heard.Select(f => f.At("message.seq").GetInt32()));
        await list.SendAsync(new { type = "get_conversations" });
        Assert.Equal((1, 10), ((await list.NextAsync()) is var all ? all.At("total").GetInt32() : 0, all.At("conversations.0.unread_count").GetInt32()));
    }

    [Fact]
    public async Task One_message_posted_ten_times_at_once_is_one_message()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await using var list = await workspace.OpenListAsync(workspace.Owner);
        await list.DrainAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => workspace.WriteAsync("sara", "once", externalId: "e-1")));

        Assert.Equal((1, 9), (answers.Count(a => a is HttpStatusCode.Accepted), answers.Count(a => a is HttpStatusCode.OK)));
        Assert.True(Assert.Single(await list.DrainAsync()).IsA("new_customer_message"));
    }

    private static async Task SendAsync(FikoSocket chat, int messages)
    {
        for (var n = 0; n < messages; n++)
        {
            await chat.SendAsync(new { type = "chat_message", content = $"{n}" });
        }
    }

    private static List<(int Seq, string Id)> Order(FikoSocket chat) =>
        [.. chat.Heard.Where(f => f.IsA("chat_message")).Select(f => (f.At("message.seq").GetInt32(), f.Text("message.id")!))];
}
