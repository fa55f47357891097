using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Protocol;

public sealed class ChangingAMessage(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task An_edit_is_heard_by_all_and_found_by_whoever_comes_later()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("mina");
        await using var list = await workspace.OpenListAsync(workspace.Agents[1]);
        await list.DrainAsync();
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, conversation);
        var message = await SayAsync(chat, "Tuesday");
        await list.NextAsync(f => f.IsA("conversation_updated") && f.Text("reason") == "message", "the list to hear of the message");

        await chat.SendAsync(new { type = "edit_message", message_id = message, content = " Wednesday " });

        var edited = await chat.NextAsync("message_edited");
        Assert.Equal("Wednesday", edited.Text("message.content"));
        Assert.NotNull(edited.Text("message.edited_at"));
        Assert.Equal("Wednesday", (await list.NextAsync(f => f.IsA("conversation_updated") && f.Text("reason") == "message", "the list to hear of the message")).Text("conversation.last_message.content"));
        await using var later = await workspace.OpenChatAsync(workspace.Agents[1], conversation);
        Assert.Equal("Wednesday", (await later.NextAsync("recent_messages")).Text("messages.1.content"));
    }

    [Fact]
    public async Task A_deleted_message_leaves_its_place_and_none_of_its_words()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("mina");
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, conversation);
        var message = await SayAsync(chat, "a secret said by mistake");
        await chat.SendAsync(new { type = "edit_message", message_id = message, content = "another" });
        await chat.NextAsync("message_edited");

        await chat.SendAsync(new { type = "delete_message", message_id = message });

        Assert.Equal(message, (await chat.NextAsync("message_deleted")).Text("message_id"));
        await using var later = await workspace.OpenChatAsync(workspace.Owner, conversation);
        var tombstone = (await later.NextAsync("recent_messages")).GetProperty("messages")[1];
        Assert.Equal(("", 2L), (tombstone.Text("content"), tombstone.GetProperty("seq").GetInt64()));
        Assert.NotNull(tombstone.Text("deleted_at"));
    }

    [Fact]
    public async Task Only_ones_own_support_messages_can_be_changed()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("mina");
        await using var mine = await workspace.OpenChatAsync(workspace.Owner, conversation);
        var theirs = (await mine.NextAsync("recent_messages")).Text("messages.0.id");
        var own = await SayAsync(mine, "mine");
        await using var colleague = await workspace.OpenChatAsync(workspace.Agents[1], conversation);

        foreach (var message in new[] { theirs, own, "msg_9223372036854775807" })
        {
            await colleague.SendAsync(new { type = "edit_message", message_id = message, content = "x" });
            var refused = await colleague.NextAsync("error");
            Assert.Equal(("message_not_found", "edit_message", "message_id"), (refused.Text("code"), refused.Text("request_type"), refused.Text("field")));
            await colleague.SendAsync(new { type = "delete_message", message_id = message });
            Assert.Equal("message_not_found", (await colleague.NextAsync("error")).Text("code"));
        }
    }

    [Fact]
    public async Task The_customer_sees_the_change_on_Telegram()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var customer = CustomersSide.NewCustomer();
        await using var chat = await telegram.OpenChatAsync(await telegram.BeginAsync(customer));
        var kept = await SayAsync(chat, "Tuesday");
        var taken = await SayAsync(chat, "a mistake");

        await chat.SendAsync(new { type = "edit_message", message_id = kept, content = "Wednesday" });
        await chat.NextAsync("message_edited");
        await chat.SendAsync(new { type = "edit_message", message_id = kept, content = "Wednesday" });
        await chat.SendAsync(new { type = "delete_message", message_id = taken });
        await chat.NextAsync("message_deleted");

        Assert.Equal(["Wednesday"], (await telegram.Customers.SeesAsync(customer)).Where(m => m is { From: "bot", IsDeleted: false }).Select(m => m.Text));
        Assert.DoesNotContain(await chat.DrainAsync(), f => f.IsA("error"));
    }

    [Fact]
    public async Task A_change_that_changes_nothing_is_answered_too()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        await using var chat = await telegram.OpenChatAsync(await telegram.BeginAsync(CustomersSide.NewCustomer()));
        var message = await SayAsync(chat, "Tuesday");
        var changes = new object[]
        {
            new { type = "edit_message", message_id = message, content = "Tuesday" },
            new { type = "message_reaction", message_id = message, emoji = (string?)null },
        };

        foreach (var change in changes)
        {
            await chat.SendAsync(change);
        }

        var edited = await chat.NextAsync("message_edited");
        Assert.Equal(("Tuesday", null), (edited.Text("message.content"), edited.Text("message.edited_at")));
        Assert.Equal((message, null), await ReactionAsync(chat));
    }

    [Fact]
    public async Task What_was_not_sent_can_not_be_edited_and_the_refusal_says_why()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        await using var chat = await telegram.OpenChatAsync(await telegram.BeginAsync(CustomersSide.NewCustomer()));
        await telegram.Customers.FailNextAsync("blocked");
        var failed = await SayAsync(chat, "never arrived");

        await chat.SendAsync(new { type = "edit_message", message_id = failed, content = "x" });

        var refused = await chat.NextAsync("error");
        Assert.Equal(("change_refused", "Message can't be changed: it was not sent"), (refused.Text("code"), refused.Text("error")));
    }

    private static async Task<(string? Message, string? Emoji)> ReactionAsync(FikoSocket chat)
    {
        var frame = await chat.NextAsync("message_reaction");
        return (frame.Text("message_id"), frame.Text("emoji"));
    }

    private static async Task<string?> SayAsync(FikoSocket chat, string content)
    {
        await chat.SendAsync(new { type = "chat_message", content });
        return (await chat.NextAsync("chat_message")).Text("message.id");
    }
}
