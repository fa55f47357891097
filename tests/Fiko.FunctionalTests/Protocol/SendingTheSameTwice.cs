using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Protocol;

public sealed class SendingTheSameTwice(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task The_sender_alone_gets_the_stored_message_back_as_a_duplicate()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("sara");
        await using var sender = await workspace.OpenChatAsync(workspace.Owner, conversation);
        await using var tab = await workspace.OpenChatAsync(workspace.Owner, conversation);
        await using var list = await workspace.OpenListAsync(workspace.Owner);
        await sender.SendAsync(new { type = "chat_message", content = "first", client_id = "same" });
        var stored = await sender.NextAsync("chat_message");
        await tab.NextAsync("chat_message");
        await list.DrainAsync();

        await sender.SendAsync(new { type = "chat_message", content = "changed", client_id = "same" });

        var again = await sender.NextAsync();
        Assert.Equal("type message external_send_result duplicate timestamp", again.Names());
        Assert.True(again.At("duplicate").GetBoolean());
        Assert.Equal(stored.At("message").GetRawText(), again.At("message").GetRawText());
        Assert.Equal(stored.At("external_send_result").GetRawText(), again.At("external_send_result").GetRawText());
        Assert.Empty(await tab.DrainAsync());
        Assert.Empty(await list.DrainAsync());
    }

    [Fact]
    public async Task Ten_at_once_over_five_sockets_are_one_message()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 5);
        var conversation = await workspace.BeginAsync("sara");
        var chats = await Task.WhenAll(workspace.Agents.Select(a => workspace.OpenChatAsync(a, conversation)));

        await Task.WhenAll(chats.Concat(chats).Select(c => c.SendAsync(new { type = "chat_message", content = "once", client_id = "same" })));
        await Task.WhenAll(chats.Select(c => c.NextAsync("chat_message")));
        await Task.WhenAll(chats.Select(c => c.DrainAsync()));

        var heard = chats.SelectMany(c => c.Heard).Where(f => f.IsA("chat_message")).ToList();
        Assert.Single(heard.Select(f => f.At("message").GetRawText()).Distinct());
        Assert.Equal((5, 9), (heard.Count(f => !f.TryGetProperty("duplicate", out _)), heard.Count(f => f.TryGetProperty("duplicate", out _))));
        Assert.DoesNotContain(chats.SelectMany(c => c.Heard), f => f.IsA("error"));
        foreach (var chat in chats)
        {
            await chat.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_same_client_id_in_another_conversation_is_another_message()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await using var first = await workspace.OpenChatAsync(workspace.Owner, await workspace.BeginAsync("sara"));
        await using var second = await workspace.OpenChatAsync(workspace.Owner, await workspace.BeginAsync("reza"));

        await first.SendAsync(new { type = "chat_message", content = "one", client_id = "same" });
        await second.SendAsync(new { type = "chat_message", content = "two", client_id = "same" });

        Assert.Equal("one", (await first.NextAsync("chat_message")).Text("message.content"));
        Assert.Equal("two", (await second.NextAsync("chat_message")).Text("message.content"));
    }

    [Fact]
    public async Task A_client_id_lasts_over_a_reconnect()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("sara");
        var client = new string('Z', 62) + "_-";
        await using (var before = await workspace.OpenChatAsync(workspace.Owner, conversation))
        {
            await before.SendAsync(new { type = "chat_message", content = "one", client_id = client });
            await before.NextAsync("chat_message");
        }

        await using var after = await workspace.OpenChatAsync(workspace.Owner, conversation);
        await after.SendAsync(new { type = "chat_message", content = "one", client_id = client });

        Assert.True((await after.NextAsync("chat_message")).At("duplicate").GetBoolean());
    }
}
