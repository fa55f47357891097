using System.Net.WebSockets;
using System.Text;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Protocol;

public sealed class FramesOnTheWire(FikoServer server) : IClassFixture<FikoServer>
{
    private const int Longest = 64 * 1024;

    [Fact]
    public async Task A_binary_frame_gets_an_error_and_1003()
    {
        await using var list = await OpenAsync();

        await list.SendBytesAsync("""{"type":"ping"}"""u8.ToArray(), WebSocketMessageType.Binary);

        Assert.Equal(1003, await list.ClosedAsync());
        var error = Assert.Single(list.Heard);
        Assert.Equal(("unsupported_data", "Binary frames are not supported", "فقط پیام متنی پشتیبانی می‌شود"), (error.Text("code"), error.Text("error"), error.Text("message")));
    }

    [Fact]
    public async Task A_frame_of_exactly_64_KiB_is_taken()
    {
        await using var list = await OpenAsync();

        await list.SendTextAsync(PingOf(Longest));

        Assert.True((await list.NextAsync()).IsA("pong"));
    }

    [Fact]
    public async Task A_frame_of_64_KiB_and_one_byte_is_closed_with_1009()
    {
        await using var list = await OpenAsync();

        await list.SendTextAsync(PingOf(Longest + 1));

        Assert.Equal(1009, await list.ClosedAsync());
    }

    [Fact]
    public async Task The_parts_of_a_frame_count_together()
    {
        await using var list = await OpenAsync();
        var half = new byte[(Longest / 2) + 1];
        half.AsSpan().Fill((byte)' ');

        await list.SendBytesAsync(half, WebSocketMessageType.Text, endOfMessage: false);
        await list.SendBytesAsync(half, WebSocketMessageType.Text);

        Assert.Equal(1009, await list.ClosedAsync());
    }

    [Fact]
    public async Task A_frame_may_come_in_parts_that_cut_a_letter()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, await workspace.BeginAsync("sara"));
        await chat.NextAsync("recent_messages");
        var frame = Encoding.UTF8.GetBytes("""{"type":"chat_message","content":"سلام 🌹"}""");

        for (var at = 0; at < frame.Length; at++)
        {
            await chat.SendBytesAsync([frame[at]], WebSocketMessageType.Text, endOfMessage: at == frame.Length - 1);
        }

        Assert.Equal("سلام 🌹", (await chat.NextAsync("chat_message")).Text("message.content"));
    }

    [Fact]
    public async Task Broken_UTF_8_is_closed_with_1007()
    {
        await using var list = await OpenAsync();

        await list.SendBytesAsync([.. """{"type":"""u8, 0xC3, 0x28, .. "\"}"u8], WebSocketMessageType.Text);

        Assert.Equal(1007, await list.ClosedAsync());
    }

    [Fact]
    public async Task Persian_and_emoji_are_written_as_they_are()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, await workspace.BeginAsync("sara"));
        await chat.NextAsync("recent_messages");

        await chat.SendAsync(new { type = "chat_message", content = "سلام 🌹 <b>&'\"\\ \u200c می‌روم" });

        var raw = (await chat.NextAsync("chat_message")).GetRawText();
        Assert.Contains("سلام 🌹 <b>&'\\\"\\\\", raw, StringComparison.Ordinal);
        Assert.Contains("می\u200cروم", raw, StringComparison.Ordinal);
        Assert.DoesNotContain("\\u", raw, StringComparison.Ordinal);
    }

    private static string PingOf(int bytes)
    {
        const string Frame = """{"type":"ping","pad":""}""";
        return Frame.Insert(Frame.Length - 2, new string('x', bytes - Frame.Length));
    }

    private async Task<FikoSocket> OpenAsync()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        return await workspace.OpenListAsync(workspace.Owner);
    }
}
