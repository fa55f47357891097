using System.Text.Json;
using Fiko.Domain.Channels;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Telegram;

public sealed class ReadingWhatCustomersSend(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task An_edit_is_shown_on_the_chat_and_the_list_and_the_earlier_text_is_kept()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var customer = CustomersSide.NewCustomer();
        var conversation = await telegram.BeginAsync(customer, "Where is my order?");
        await using var chat = await telegram.OpenChatAsync(conversation);
        await using var list = await telegram.Workspace.OpenListAsync(telegram.Owner);
        await list.DrainAsync();
        var message = (await telegram.Customers.SeesAsync(customer))[0].Id;

        await telegram.Customers.EditAsync(customer, message, "Where is my order 1234?");

        var edited = await chat.NextAsync("message_edited");
        Assert.Equal("Where is my order 1234?", edited.GetProperty("message").GetProperty("content").GetString());
        Assert.Equal(1, edited.GetProperty("message").GetProperty("seq").GetInt32());
        Assert.Equal(JsonValueKind.String, edited.GetProperty("message").GetProperty("edited_at").ValueKind);
        var updated = await list.NextAsync(f => f.IsA("conversation_updated") && f.Text("reason") == "message", "the list to hear of the message");
        Assert.Equal("Where is my order 1234?", updated.GetProperty("conversation").GetProperty("last_message").GetProperty("content").GetString());
        Assert.Equal(1, updated.GetProperty("conversation").GetProperty("unread_count").GetInt32());
        Assert.Equal("Where is my order 1234?", Assert.Single(await telegram.ReadChatAsync(conversation)).GetProperty("content").GetString());
        Assert.Equal(["Where is my order?"], await telegram.RevisionsAsync(conversation));
    }

    [Fact]
    public async Task An_edit_that_changes_nothing_is_no_news()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var customer = CustomersSide.NewCustomer();
        var conversation = await telegram.BeginAsync(customer, "As it is");
        await using var chat = await telegram.OpenChatAsync(conversation);
        await using var list = await telegram.Workspace.OpenListAsync(telegram.Owner);
        await list.DrainAsync();

        await telegram.Customers.EditAsync(customer, (await telegram.Customers.SeesAsync(customer))[0].Id, "As it is");

        await telegram.SettledUpdatesAsync(2);
        Assert.Empty(await chat.DrainAsync());
        Assert.DoesNotContain(await list.DrainAsync(), f => f.GetProperty("reason").GetString() is "message");
        Assert.Empty(await telegram.RevisionsAsync(conversation));
    }

    [Theory]
    [InlineData("photo", "این رسید است")]
    [InlineData("photo", null)]
    [InlineData("voice", null)]
    [InlineData("sticker", null)]
    [InlineData("location", null)]
    [InlineData("contact", null)]
    public async Task What_is_no_text_is_shown_as_a_readable_placeholder_with_its_kind(string kind, string? caption)
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var customer = CustomersSide.NewCustomer();
        var conversation = await telegram.BeginAsync(customer);
        await using var chat = await telegram.OpenChatAsync(conversation);

        await telegram.Customers.SendAsync(customer, kind, caption);

        var message = (await chat.NextAsync("chat_message")).GetProperty("message");
        Assert.Equal(kind, message.GetProperty("kind").GetString());
        Assert.StartsWith($"[{kind}]", message.GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.EndsWith(caption ?? "", message.GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.Equal("customer", message.GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("\"video\": {\"duration\": 61, \"file_name\": \"a.mp4\"}", "[video] a.mp4 1:01")]
    [InlineData("\"animation\": {\"file_name\": \"a.gif\"}, \"document\": {\"file_name\": \"a.gif\"}", "[animation]")]
    [InlineData("\"document\": {\"file_name\": \"receipt.pdf\"}, \"caption\": \"my receipt\"", "[document] receipt.pdf\nmy receipt")]
    [InlineData("\"poll\": {\"question\": \"Tea or coffee?\"}", "[poll] Tea or coffee?")]
    [InlineData("\"hologram\": {\"angle\": 3}", "[unsupported message]")]
    [InlineData("\"forward_origin\": {\"type\": \"hidden_martian\"}, \"text\": \"passed on\"", "passed on")]
    public async Task Nothing_that_a_customer_sends_is_invisible(string fields, string expected)
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var customer = CustomersSide.NewCustomer();
        await using var list = await telegram.Workspace.OpenListAsync(telegram.Owner);
        await list.DrainAsync();
        var body = $$$"""{"update_id": {{{TelegramWorkspace.NewUpdateId()}}}, "message": {"message_id": 9, "date": 1760000000, "from": {"id": {{{customer}}}, "is_bot": false, "first_name": "نگار"}, "chat": {"id": {{{customer}}}, "type": "private"}, {{{fields}}}}}""";

        await telegram.PostUpdateAsync(body, await telegram.SecretAsync());

        Assert.Equal(expected, (await list.NextAsync("new_customer_message")).GetProperty("message").GetProperty("content").GetString());
    }

    [Fact]
    public async Task A_reply_names_the_message_that_it_answers()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var customer = CustomersSide.NewCustomer();
        var conversation = await telegram.BeginAsync(customer);
        await using var chat = await telegram.OpenChatAsync(conversation);
        await chat.SendAsync(new { type = "chat_message", content = "Which one?" });
        var question = (await chat.NextAsync("chat_message")).GetProperty("message").GetProperty("id").GetString();

        await telegram.Customers.WriteAsync(customer, "This one", replyTo: (await telegram.Customers.SeesAsync(customer))[^1].Id);

        Assert.Equal(question, (await chat.NextAsync("chat_message")).GetProperty("message").GetProperty("reply_to").GetString());
    }

    [Fact]
    public async Task A_group_is_answered_once_and_otherwise_ignored()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var (group, member) = (CustomersSide.NewCustomer(), CustomersSide.NewCustomer());
        await using var list = await telegram.Workspace.OpenListAsync(telegram.Owner);
        await list.DrainAsync();

        for (var n = 1; n <= 3; n++)
        {
            await telegram.Customers.WriteInGroupAsync(group, member, $"/start {n}");
            await telegram.SettledUpdatesAsync(n);
        }

        await Eventually.SeesAsync(() => telegram.Customers.GroupSeesAsync(group), seen => seen.Any(m => m.From == "bot"), "the greeting");
        await telegram.BeginAsync(member, "In private");
        Assert.All((await telegram.UpdatesAsync())[..3], u => Assert.Equal(InboundStatus.Ignored, u.Status));
        Assert.Single(await telegram.Customers.GroupSeesAsync(group), m => m.From == "bot");
        // The photo of who wrote in private may come meanwhile; it is news of the customer, not of the group.
        var announced = (await list.DrainAsync()).Where(f => FikoSocket.TypeOf(f) == "new_customer_message");
        Assert.Equal("In private", Assert.Single(announced).GetProperty("message").GetProperty("content").GetString());
    }

    [Fact]
    public async Task A_message_opens_a_closed_conversation_again()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var customer = CustomersSide.NewCustomer();
        var conversation = await telegram.BeginAsync(customer);
        await telegram.CloseAsync(conversation);
        await using var list = await telegram.Workspace.OpenListAsync(telegram.Owner);
        await list.DrainAsync();

        await telegram.Customers.WriteAsync(customer, "One more thing");

        var announced = await list.NextAsync("new_customer_message");
        Assert.Equal(conversation, announced.GetProperty("conversation_id").GetString());
        Assert.Equal("active", announced.GetProperty("conversation").GetProperty("status").GetString());
        Assert.Equal(2, announced.GetProperty("message").GetProperty("seq").GetInt32());
        await list.DrainAsync();
        Assert.Single(list.Heard, f => FikoSocket.TypeOf(f) == "conversation_updated" && f.GetProperty("reason").GetString() == "status");
    }
}
