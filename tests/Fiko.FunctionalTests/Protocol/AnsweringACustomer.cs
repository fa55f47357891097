using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Protocol;

public sealed class AnsweringACustomer(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task Everybody_in_the_chat_hears_the_answer_with_v1s_fields_and_the_additions()
    {
        var (workspace, conversation) = await BeginAsync(agents: 2);
        await using var sender = await OpenAsync(workspace, conversation, workspace.Owner);
        await using var other = await OpenAsync(workspace, conversation, workspace.Agents[1]);

        await sender.SendAsync(new { type = "chat_message", content = "سلام", client_id = "c-1_A" });

        var frame = await sender.NextAsync("chat_message");
        Assert.Equal("type message external_send_result timestamp cursor", frame.Names());
        Assert.Equal("""{"success":true,"platform":"api"}""", frame.At("external_send_result").GetRawText());
        var message = frame.At("message");
        Assert.Equal(("سلام", "support", 2, "c-1_A", "sent"), (message.Text("content"), message.Text("type"), message.Number("seq"), message.Text("client_id"), message.Text("status")));
        Assert.Equal("""{"first_name":"Customer","last_name":"sara"}""", message.At("customer").GetRawText());
        Assert.Equal($$"""{"user_id":{{workspace.Owner.Id}},"username":"Agent 0"}""", message.At("sender").GetRawText());
        Assert.Equal("[]", message.At("attachments").GetRawText());
        Assert.Equal(frame.GetRawText(), (await other.NextAsync("chat_message")).GetRawText());
    }

    [Fact]
    public async Task A_customers_message_has_no_send_result_and_its_customer()
    {
        var (workspace, conversation) = await BeginAsync();
        await using var chat = await OpenAsync(workspace, conversation, workspace.Owner);

        await workspace.WriteAsync("sara", "Are you there?");

        var frame = await chat.NextAsync("chat_message");
        Assert.Equal("type message timestamp cursor", frame.Names());
        Assert.Equal("""{"first_name":"Customer","last_name":"sara"}""", frame.At("message.customer").GetRawText());
        Assert.Equal("customer", frame.Text("message.type"));
    }

    [Theory]
    [InlineData("  \n a < b & c \t", "a < b & c")]
    [InlineData("two\nlines", "two\nlines")]
    [InlineData("\u200cمی‌روم", "\u200cمی‌روم")]
    [InlineData("<script>\"\\\u0001", "<script>\"\\\u0001")]
    public async Task Content_is_trimmed_and_else_left_as_typed(string typed, string stored)
    {
        var (workspace, conversation) = await BeginAsync();
        await using var chat = await OpenAsync(workspace, conversation, workspace.Owner);

        await chat.SendAsync(new { type = "chat_message", content = typed });

        Assert.Equal(stored, (await chat.NextAsync("chat_message")).Text("message.content"));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("س")]
    [InlineData("🌹")]
    public async Task Content_of_4096_characters_after_trimming_fits_and_an_emoji_is_one(string character)
    {
        var (workspace, conversation) = await BeginAsync();
        await using var chat = await OpenAsync(workspace, conversation, workspace.Owner);
        var longest = string.Concat(Enumerable.Repeat(character, 4096));

        await chat.SendTextAsync($$"""{"type":"chat_message","content":"  {{longest}}  "}""");
        var taken = await chat.NextAsync("chat_message");
        await chat.SendTextAsync($$"""{"type":"chat_message","content":"{{longest}}{{character}}"}""");
        var refused = await chat.NextAsync();

        Assert.Equal(longest, taken.Text("message.content"));
        Assert.Equal(("message_too_long", "content"), (refused.Text("code"), refused.Text("field")));
    }

    [Fact]
    public async Task An_answer_may_reply_to_a_message_of_this_chat_only()
    {
        var (workspace, conversation) = await BeginAsync();
        await using var elsewhere = await OpenAsync(workspace, await workspace.BeginAsync("reza"), workspace.Owner);
        await using var chat = await OpenAsync(workspace, conversation, workspace.Owner);
        var (own, foreign) = (chat.Heard[0].Text("messages.0.id"), elsewhere.Heard[0].Text("messages.0.id"));

        await chat.SendAsync(new { type = "chat_message", content = "yes", reply_to = own });
        var shown = await chat.NextAsync();
        await chat.SendAsync(new { type = "chat_message", content = "no", reply_to = foreign, client_id = "f" });
        var refused = await chat.NextAsync();

        Assert.Equal(own, shown.Text("message.reply_to"));
        Assert.Equal(("message_not_found", "reply_to", "f"), (refused.Text("code"), refused.Text("field"), refused.Text("client_id")));
        Assert.Empty(await chat.DrainAsync());
    }

    [Fact]
    public async Task What_was_refused_is_not_stored()
    {
        var (workspace, conversation) = await BeginAsync();
        await using var chat = await OpenAsync(workspace, conversation, workspace.Owner);

        await chat.SendAsync(new { type = "chat_message", content = "x", client_id = "bad id" });
        await chat.NextAsync("error");
        await chat.SendAsync(new { type = "chat_message", content = " ", client_id = "good" });
        await chat.NextAsync("error");
        await chat.SendAsync(new { type = "chat_message", content = "at last", client_id = "good" });

        var frame = await chat.NextAsync();
        Assert.Equal(("at last", 2), (frame.Text("message.content"), frame.Number("message.seq")));
        Assert.False(frame.TryGetProperty("duplicate", out _));
    }

    [Fact]
    public async Task Only_a_failed_or_uncertain_message_can_be_retried()
    {
        var (workspace, conversation) = await BeginAsync();
        await using var chat = await OpenAsync(workspace, conversation, workspace.Owner);
        await chat.SendAsync(new { type = "chat_message", content = "sent" });
        var sent = (await chat.NextAsync("chat_message")).Text("message.id");

        await chat.SendAsync(new { type = "retry_message", message_id = sent });
        var refused = await chat.NextAsync();
        await chat.SendAsync(new { type = "retry_message", message_id = chat.Heard[0].Text("messages.0.id") });
        var customers = await chat.NextAsync();

        Assert.Equal(("invalid_field", "message_id"), (refused.Text("code"), refused.Text("field")));
        Assert.Equal(("message_not_found", "message_id"), (customers.Text("code"), customers.Text("field")));
    }

    private async Task<(TestWorkspace Workspace, string Conversation)> BeginAsync(int agents = 1)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents);
        return (workspace, await workspace.BeginAsync("sara"));
    }

    private static async Task<FikoSocket> OpenAsync(TestWorkspace workspace, string conversation, TestAgent agent)
    {
        var chat = await workspace.OpenChatAsync(agent, conversation);
        await chat.NextAsync("recent_messages");
        return chat;
    }
}
