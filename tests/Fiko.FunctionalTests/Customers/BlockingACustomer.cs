using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Customers;

public sealed class BlockingACustomer(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task Their_messages_are_kept_in_the_chat_and_call_nobody()
    {
        var desk = await CustomerDesk.OpenAsync(server);
        var ali = await desk.MeetAsync("ali");
        await desk.ReadAsync(ali);
        var before = (await desk.PatchAsync(ali, new { blocked = true })).At("conversations.0");
        await using var list = await desk.Workspace.OpenListAsync(desk.Owner);
        await using var chat = await desk.Workspace.OpenChatAsync(desk.Owner, ali.Conversation);
        await chat.NextAsync("recent_messages");
        await list.DrainAsync();

        await desk.Workspace.WriteAsync("ali", "Buy this");

        Assert.Equal("Buy this", (await chat.NextAsync("chat_message")).Text("message.content"));
        var news = await list.NextCustomerNewsAsync(ali.Conversation, "message");
        Assert.Equal((0, "Buy this"), (news.Number("conversation.unread_count"), news.Text("conversation.last_message.content")));
        Assert.Equal(before.Text("updated_at"), news.Text("conversation.updated_at"));
        Assert.DoesNotContain(list.Heard, f => f.IsA("new_customer_message"));
        Assert.False((await desk.ShowAsync(ali)).At("has_unread").GetBoolean());
    }

    [Fact]
    public async Task A_closed_conversation_stays_closed_until_they_are_let_in_again()
    {
        var desk = await CustomerDesk.OpenAsync(server);
        var ali = await desk.MeetAsync("ali");
        await desk.PatchAsync(ali, new { blocked = true });
        await Closing.CloseAsync(server, ali.Conversation);

        await desk.Workspace.WriteAsync("ali", "Buy this");
        var blocked = await desk.ShowAsync(ali);
        await desk.PatchAsync(ali, new { blocked = false });
        await desk.Workspace.WriteAsync("ali", "Sorry");

        Assert.Equal("closed", blocked.Text("conversations.0.status"));
        var again = await desk.ShowAsync(ali);
        Assert.Equal(("active", 3), (again.Text("conversations.0.status"), again.Number("conversations.0.last_seq")));
        Assert.True(again.At("has_unread").GetBoolean());
    }
}
