using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Protocol;

public sealed class BadFrames(FikoServer server) : IClassFixture<FikoServer>
{
    private const string Long = "4,097 characters";

    [Theory]
    [InlineData("""{"type":"chat_message","content":""}""", "message_empty", "Message content cannot be empty", "خطا در ارسال پیام", "content")]
    [InlineData("""{"type":"chat_message","content":" \n\t\u00a0 "}""", "message_empty", "Message content cannot be empty", "خطا در ارسال پیام", "content")]
    [InlineData("""{"type":"chat_message"}""", "message_empty", "Message content cannot be empty", "خطا در ارسال پیام", "content")]
    [InlineData("""{"type":"chat_message","content":null}""", "message_empty", "Message content cannot be empty", "خطا در ارسال پیام", "content")]
    [InlineData(Long, "message_too_long", "Message content is too long", "متن پیام بیش از حد طولانی است", "content")]
    [InlineData("""{"type":"chat_message","content":5}""", "invalid_field", "Invalid value for field 'content'", "مقدار یکی از فیلدها نامعتبر است", "content")]
    [InlineData("""{"type":"chat_message","content":"\ud83d"}""", "invalid_field", "Invalid value for field 'content'", "مقدار یکی از فیلدها نامعتبر است", "content")]
    [InlineData("""{"type":"chat_message","content":"x","client_id":""}""", "invalid_field", "Invalid value for field 'client_id'", "مقدار یکی از فیلدها نامعتبر است", "client_id")]
    [InlineData("""{"type":"chat_message","content":"x","client_id":"a b"}""", "invalid_field", "Invalid value for field 'client_id'", "مقدار یکی از فیلدها نامعتبر است", "client_id")]
    [InlineData("""{"type":"chat_message","content":"x","client_id":"a\n"}""", "invalid_field", "Invalid value for field 'client_id'", "مقدار یکی از فیلدها نامعتبر است", "client_id")]
    [InlineData("""{"type":"chat_message","content":"x","client_id":"شناسه"}""", "invalid_field", "Invalid value for field 'client_id'", "مقدار یکی از فیلدها نامعتبر است", "client_id")]
    [InlineData("""{"type":"chat_message","content":"x","client_id":"12345678901234567890123456789012345678901234567890123456789012345"}""", "invalid_field", "Invalid value for field 'client_id'", "مقدار یکی از فیلدها نامعتبر است", "client_id")]
    [InlineData("""{"type":"chat_message","content":"x","client_id":7}""", "invalid_field", "Invalid value for field 'client_id'", "مقدار یکی از فیلدها نامعتبر است", "client_id")]
    [InlineData("""{"type":"chat_message","content":"x","reply_to":"5"}""", "invalid_field", "Invalid value for field 'reply_to'", "مقدار یکی از فیلدها نامعتبر است", "reply_to")]
    [InlineData("""{"type":"chat_message","content":"x","reply_to":"msg_999999999"}""", "message_not_found", "Message not found", "پیام پیدا نشد", "reply_to")]
    [InlineData("""{"type":"chat_message","content":"x","attachments":["nope"]}""", "invalid_field", "Invalid value for field 'attachments'", "مقدار یکی از فیلدها نامعتبر است", "attachments")]
    [InlineData("""{"type":"typing"}""", "invalid_field", "Invalid value for field 'is_typing'", "مقدار یکی از فیلدها نامعتبر است", "is_typing")]
    [InlineData("""{"type":"typing","is_typing":"yes"}""", "invalid_field", "Invalid value for field 'is_typing'", "مقدار یکی از فیلدها نامعتبر است", "is_typing")]
    [InlineData("""{"type":"mark_read","up_to":"conv_1"}""", "invalid_field", "Invalid value for field 'up_to'", "مقدار یکی از فیلدها نامعتبر است", "up_to")]
    [InlineData("""{"type":"mark_read","up_to":"msg_999999999"}""", "message_not_found", "Message not found", "پیام پیدا نشد", "up_to")]
    [InlineData("""{"type":"get_messages","limit":0}""", "invalid_field", "Invalid value for field 'limit'", "مقدار یکی از فیلدها نامعتبر است", "limit")]
    [InlineData("""{"type":"get_messages","limit":201}""", "invalid_field", "Invalid value for field 'limit'", "مقدار یکی از فیلدها نامعتبر است", "limit")]
    [InlineData("""{"type":"get_messages","limit":1e30}""", "invalid_field", "Invalid value for field 'limit'", "مقدار یکی از فیلدها نامعتبر است", "limit")]
    [InlineData("""{"type":"get_messages","before":-1}""", "invalid_field", "Invalid value for field 'before'", "مقدار یکی از فیلدها نامعتبر است", "before")]
    [InlineData("""{"type":"get_messages","before":5,"after":1}""", "invalid_field", "Invalid value for field 'after'", "مقدار یکی از فیلدها نامعتبر است", "after")]
    [InlineData("""{"type":"retry_message"}""", "invalid_field", "Invalid value for field 'message_id'", "مقدار یکی از فیلدها نامعتبر است", "message_id")]
    [InlineData("""{"type":"retry_message","message_id":"msg_999999999"}""", "message_not_found", "Message not found", "پیام پیدا نشد", "message_id")]
    [InlineData("""{"type":"no_such_thing"}""", "unknown_event", "Unknown event type", "نوع رویداد ناشناخته است", "type")]
    [InlineData("""{"type":"get_conversations"}""", "unknown_event", "Unknown event type", "نوع رویداد ناشناخته است", "type")]
    [InlineData("""{"type":""}""", "unknown_event", "Unknown event type", "نوع رویداد ناشناخته است", "type")]
    [InlineData("""{"type":5}""", "unknown_event", "Unknown event type", "نوع رویداد ناشناخته است", "type")]
    [InlineData("""{"type":"\ud83d"}""", "unknown_event", "Unknown event type", "نوع رویداد ناشناخته است", "type")]
    [InlineData("{}", "unknown_event", "Unknown event type", "نوع رویداد ناشناخته است", "type")]
    [InlineData("", "invalid_json", "Invalid JSON format", "قالب داده نامعتبر است", null)]
    [InlineData("سلام", "invalid_json", "Invalid JSON format", "قالب داده نامعتبر است", null)]
    [InlineData("[]", "invalid_json", "Invalid JSON format", "قالب داده نامعتبر است", null)]
    [InlineData("null", "invalid_json", "Invalid JSON format", "قالب داده نامعتبر است", null)]
    [InlineData("5", "invalid_json", "Invalid JSON format", "قالب داده نامعتبر است", null)]
    [InlineData("""{"type":"ping"}{"type":"ping"}""", "invalid_json", "Invalid JSON format", "قالب داده نامعتبر است", null)]
    [InlineData("""{"type":"ping",}""", "invalid_json", "Invalid JSON format", "قالب داده نامعتبر است", null)]
    public async Task A_bad_frame_gets_its_error_and_the_chat_goes_on(string frame, string code, string error, string persian, string? field)
    {
        var text = frame == Long ? $$"""{"type":"chat_message","content":"{{new string('x', 4097)}}"}""" : frame;
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("sara");
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, conversation);
        await using var english = await workspace.OpenChatAsync(workspace.Owner, conversation, "&lang=en");

        foreach (var (socket, message) in new[] { (chat, persian), (english, error) })
        {
            await socket.NextAsync("recent_messages");
            await socket.SendTextAsync(text);

            var refusal = await socket.NextAsync();
            Assert.Equal("type error message code request_type client_id field timestamp", refusal.Names());
            Assert.Equal(("error", code, error, message, field), (refusal.Text("type"), refusal.Text("code"), refusal.Text("error"), refusal.Text("message"), refusal.Text("field")));
            Assert.Empty(await socket.DrainAsync());
        }
    }

    [Fact]
    public async Task An_error_names_the_frame_that_it_answers()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, await workspace.BeginAsync("sara"));
        await chat.NextAsync("recent_messages");

        await chat.SendAsync(new { type = "chat_message", content = "", client_id = "my-7" });
        var empty = await chat.NextAsync("error");
        await chat.SendAsync(new { type = "no_such_thing" });
        var unknown = await chat.NextAsync("error");
        await chat.SendTextAsync("{");
        var broken = await chat.NextAsync("error");

        Assert.Equal(("chat_message", "my-7"), (empty.Text("request_type"), empty.Text("client_id")));
        Assert.Equal(("no_such_thing", null), (unknown.Text("request_type"), unknown.Text("client_id")));
        Assert.Equal((null, null), (broken.Text("request_type"), broken.Text("client_id")));
    }

    [Theory]
    [InlineData("""{"type":"chat_message","content":"x"}""", "unknown_event")]
    [InlineData("""{"type":"typing","is_typing":true}""", "unknown_event")]
    [InlineData("""{"type":"mark_read"}""", "unknown_event")]
    [InlineData("not json", "invalid_json")]
    public async Task The_list_knows_no_chat_frames(string frame, string code)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await using var list = await workspace.OpenListAsync(workspace.Owner);

        await list.SendTextAsync(frame);

        Assert.Equal(code, (await list.NextAsync()).Text("code"));
        Assert.Empty(await list.DrainAsync());
    }

    [Fact]
    public async Task Unknown_fields_and_deep_nesting_harm_nobody()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, await workspace.BeginAsync("sara"));
        await chat.NextAsync("recent_messages");

        await chat.SendTextAsync("""{"type":"chat_message","content":"x","later":{"a":[1,2,{"b":null}]}}""");
        var shown = await chat.NextAsync();
        await chat.SendTextAsync($$"""{"type":"ping","deep":{{new string('[', 5000)}}{{new string(']', 5000)}}}""");
        var refused = await chat.NextAsync();

        Assert.True(shown.IsA("chat_message"));
        Assert.Equal("invalid_json", refused.Text("code"));
        Assert.Empty(await chat.DrainAsync());
    }
}
