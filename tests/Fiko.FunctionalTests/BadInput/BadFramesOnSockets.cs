using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.BadInput;

public sealed class BadFramesOnSockets(PatientListener server) : IClassFixture<PatientListener>
{
    private static readonly string[] Documented =
        ["message_empty", "message_too_long", "message_not_found", "invalid_json", "unknown_event", "invalid_field"];

    [Fact]
    public async Task Each_gets_the_documented_answer_and_the_chat_goes_on()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await workspace.BeginAsync("mina");
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, conversation);
        await chat.NextAsync("recent_messages");

        await AssertAnsweredAsync(chat, [.. BadFrameCases.Chat()]);

        await using var fresh = await workspace.OpenChatAsync(workspace.Owner, conversation);
        Assert.Single((await fresh.NextAsync("recent_messages")).GetProperty("messages").EnumerateArray());
    }

    [Fact]
    public async Task Each_gets_the_documented_answer_and_the_list_goes_on()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        await using var list = await workspace.OpenListAsync(workspace.Owner);

        await AssertAnsweredAsync(list, [.. BadFrameCases.Inbox()]);
    }

    [Theory]
    [InlineData(20261123)]
    [InlineData(7)]
    public async Task Random_ones_get_some_documented_answer_and_the_socket_goes_on(int seed)
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, await workspace.BeginAsync("mina"));
        await chat.NextAsync("recent_messages");

        foreach (var text in BadFrameCases.Mutated(new Random(seed), 150))
        {
            await chat.SendTextAsync(text);
        }

        foreach (var frame in (await chat.DrainAsync()).Where(f => FikoSocket.TypeOf(f) == "error"))
        {
            Assert.Contains(frame.GetProperty("code").GetString(), Documented);
        }
    }

    [Fact]
    public async Task A_peer_that_is_gone_before_it_was_refused_is_no_error()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var list = server.Socket($"/ws/conversations/?token={workspace.Owner.Token}");

        for (var n = 0; n < 100; n++)
        {
            using var peer = await RawPeer.OpenAsync(list);
            await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => peer.SayTextAsync("{")));
            peer.Reset();
        }

        await using var after = await workspace.OpenListAsync(workspace.Owner);
        await after.DrainAsync();
        Assert.Empty(server.Log.Errors);
    }

    [Fact]
    public async Task Broken_UTF8_closes_with_1007()
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        await using var list = await workspace.OpenListAsync(workspace.Owner);

        await list.SendBytesAsync([(byte)'{', 0xC3, 0x28, 0xFF, (byte)'}'], WebSocketMessageType.Text);

        Assert.Equal(1007, await list.ClosedAsync());
    }

    [Fact]
    public async Task No_log_line_tells_what_was_sent_or_who_may_send_it()
    {
        const string Private = "a-text-that-nobody-else-may-read";
        var workspace = await TestWorkspace.CreateAsync(server);
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, await workspace.BeginAsync("mina", Private));
        await chat.NextAsync("recent_messages");

        string[] frames =
        [
            $$"""{"type":"chat_message","content":"{{Private}}"}""", $$"""{"type":"chat_message","content":["{{Private}}"]}""", $$"""{"type":"{{Private}}"}""",
            $$"""{"type":"chat_message","content":"{{Private}}""", $$"""{"type":"chat_message","content":"x","client_id":"{{Private}} "}""", $$"""{"type":"mark_read","up_to":"{{Private}}"}""",
        ];
        foreach (var frame in frames)
        {
            await chat.SendTextAsync(frame);
        }

        await chat.DrainAsync();
        server.Log.AssertNever(Private, workspace.Owner.Token[^20..]);
    }

    private static async Task AssertAnsweredAsync(FikoSocket socket, BadFrame[] cases)
    {
        var wrong = new List<string>();
        foreach (var one in cases)
        {
            await socket.SendBytesAsync(Encoding.UTF8.GetBytes(one.Text), WebSocketMessageType.Text);
            var answers = await socket.DrainAsync();
            if (answers is not [var answer] || !IsExpected(answer, one))
            {
                wrong.Add($"{Shorten(one.Text)} expected {one.Code}/{one.Field}, got {string.Join(' ', answers.Select(a => a.GetRawText()))}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {cases.Length}:\n{string.Join('\n', wrong)}");
    }

    private static bool IsExpected(JsonElement answer, BadFrame one) =>
        FikoSocket.TypeOf(answer) == "error"
        && answer.GetProperty("code").GetString() == one.Code
        && answer.GetProperty("field").GetString() == one.Field;

    private static string Shorten(string text) => text.Length <= 120 ? text : $"{text[..120]}… ({text.Length})";
}
