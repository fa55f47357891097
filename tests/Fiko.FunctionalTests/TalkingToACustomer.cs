using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests;

public sealed class TalkingToACustomer(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task A_customers_message_reaches_the_lists_and_the_chat()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("negar", "سلام 🌹");
        await using var list = await workspace.OpenListAsync(workspace.Agents[1]);
        await list.DrainAsync();
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, conversation);
        var recent = await chat.NextAsync();

        await workspace.WriteAsync("negar", "دومین پیام");

        Assert.Equal("recent_messages", FikoSocket.TypeOf(recent));
        Assert.Equal("سلام 🌹", recent.GetProperty("messages")[0].GetProperty("content").GetString());
        var announced = await list.NextAsync();
        Assert.Equal("new_customer_message", FikoSocket.TypeOf(announced));
        Assert.Equal(2, announced.GetProperty("conversation").GetProperty("unread_count").GetInt32());
        var shown = await chat.NextAsync();
        Assert.Equal("chat_message", FikoSocket.TypeOf(shown));
        Assert.Equal(2, shown.GetProperty("message").GetProperty("seq").GetInt64());
        Assert.False(shown.TryGetProperty("external_send_result", out _));
    }

    [Fact]
    public async Task An_answer_reaches_its_sender_too()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("john");
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, conversation);
        await chat.NextAsync("recent_messages");

        await chat.SendAsync(new { type = "chat_message", content = " a < b & c ", client_id = "c-1" });

        var shown = await chat.NextAsync("chat_message");
        Assert.Equal("a < b & c", shown.GetProperty("message").GetProperty("content").GetString());
        Assert.Equal("c-1", shown.GetProperty("message").GetProperty("client_id").GetString());
        Assert.Equal("""{"success":true,"platform":"api"}""", shown.GetProperty("external_send_result").GetRawText());
    }
}
