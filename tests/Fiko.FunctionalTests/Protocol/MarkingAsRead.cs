using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Protocol;

public sealed class MarkingAsRead(FikoServer server) : IClassFixture<FikoServer>, IAsyncLifetime
{
    private TestWorkspace _workspace = null!;
    private FikoSocket _reader = null!;
    private FikoSocket _other = null!;
    private FikoSocket _list = null!;

    // Three customer messages, two agents in the chat, one of them also on the list.
    public async ValueTask InitializeAsync()
    {
        _workspace = await TestWorkspace.CreateAsync(server);
        var conversation = await _workspace.BeginAsync("sara", "1");
        await _workspace.WriteAsync("sara", "2");
        await _workspace.WriteAsync("sara", "3");
        _reader = await _workspace.OpenChatAsync(_workspace.Owner, conversation);
        _other = await _workspace.OpenChatAsync(_workspace.Agents[1], conversation);
        _list = await _workspace.OpenListAsync(_workspace.Agents[1]);
        await _other.NextAsync("user_presence");
        await _reader.NextAsync("user_presence");
        await _list.DrainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync();
        await _other.DisposeAsync();
        await _list.DisposeAsync();
    }

    [Fact]
    public async Task Everybody_in_the_chat_and_the_lists_hear_it()
    {
        await _reader.SendAsync(new { type = "mark_read" });

        var read = await _reader.NextAsync();
        Assert.Equal("type user_id conversation_id up_to_seq timestamp cursor", read.Names());
        Assert.Equal(("messages_read", _workspace.Owner.Id, 3), (read.Text("type"), read.Number("user_id"), read.Number("up_to_seq")));
        Assert.Equal(read.GetRawText(), (await _other.NextAsync()).GetRawText());
        var updated = await _list.NextAsync();
        Assert.Equal(("conversation_updated", "read", 0), (updated.Text("type"), updated.Text("reason"), updated.Number("conversation.unread_count")));
    }

    [Fact]
    public async Task Up_to_a_message_leaves_the_later_ones_unread()
    {
        await ReadAsync(2);

        Assert.Equal(2, (await _other.NextAsync()).Number("up_to_seq"));
        Assert.Equal(1, (await _list.NextAsync()).Number("conversation.unread_count"));
    }

    [Fact]
    public async Task A_read_position_never_moves_back()
    {
        await ReadAsync(2);
        await _reader.NextAsync();
        await _list.NextAsync();

        await ReadAsync(1);

        Assert.Equal(2, (await _reader.NextAsync("messages_read")).Number("up_to_seq"));
        Assert.Empty(await _list.DrainAsync());
        Assert.Single(await _other.DrainAsync());
        Assert.Equal(1, await UnreadAsync());
    }

    [Fact]
    public async Task With_nothing_unread_only_the_sender_hears_of_it()
    {
        await _reader.SendAsync(new { type = "mark_read" });
        await _reader.NextAsync();
        await _other.NextAsync();
        await _list.NextAsync();

        await _other.SendAsync(new { type = "mark_read" });

        var own = await _other.NextAsync();
        Assert.Equal(("messages_read", _workspace.Agents[1].Id, 3), (own.Text("type"), own.Number("user_id"), own.Number("up_to_seq")));
        Assert.Empty(await _reader.DrainAsync());
        Assert.Empty(await _list.DrainAsync());
    }

    [Fact]
    public async Task What_one_agent_read_is_read_for_all_and_the_next_message_is_unread_again()
    {
        await _other.SendAsync(new { type = "mark_read" });
        await _list.NextAsync();
        var afterReading = await UnreadAsync();

        await _workspace.WriteAsync("sara", "4");

        Assert.Equal(0, afterReading);
        Assert.Equal(1, (await _list.NextAsync("new_customer_message")).Number("conversation.unread_count"));
    }

    [Fact]
    public async Task Answering_does_not_mark_as_read()
    {
        await _reader.SendAsync(new { type = "chat_message", content = "Hello" });

        Assert.True((await _reader.NextAsync()).IsA("chat_message"));
        Assert.Equal(3, (await _list.NextAsync()).Number("conversation.unread_count"));
        Assert.Empty(await _reader.DrainAsync());
    }

    [Fact]
    public async Task Two_agents_at_once_are_told_apart_from_readings_of_nothing()
    {
        await Task.WhenAll(_reader.SendAsync(new { type = "mark_read" }), _other.SendAsync(new { type = "mark_read" }));

        await _reader.DrainAsync();
        await _other.DrainAsync();
        var logged = _reader.Heard.Concat(_other.Heard).Where(f => f.IsA("messages_read") && f.TryGetProperty("cursor", out _)).Select(f => f.Text("cursor"));
        Assert.Single(logged.Distinct());
        Assert.Single(await _list.DrainAsync());
    }

    private Task ReadAsync(int upTo) =>
        _reader.SendAsync(new { type = "mark_read", up_to = _reader.Heard[0].Text($"messages.{upTo - 1}.id") });

    private async Task<long> UnreadAsync()
    {
        await _list.SendAsync(new { type = "get_conversations" });
        JsonElement frame = await _list.NextAsync("conversations_list");
        return frame.Number("conversations.0.unread_count");
    }
}
