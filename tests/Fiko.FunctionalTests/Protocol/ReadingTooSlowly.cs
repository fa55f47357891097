using System.Net;
using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Protocol;

/// <summary>protocol.md, Slow readers.</summary>
public sealed class ReadingTooSlowly(SmallQueueServer server) : IClassFixture<SmallQueueServer>, IAsyncLifetime
{
    // Less than a resuming socket may have missed, and far more than the queue and all buffers on the way can hold.
    private const int Messages = 900;
    private const int AtOnce = 50;
    private static readonly string LongText = string.Concat(Enumerable.Repeat("سلام دنیا ", 400));

    private readonly List<JsonElement> _chatHeard = [];
    private readonly List<JsonElement> _listHeard = [];
    private TestWorkspace _workspace = null!;
    private string _conversation = null!;
    private FikoSocket _chat = null!;
    private FikoSocket _list = null!;

    public async ValueTask InitializeAsync()
    {
        _workspace = await TestWorkspace.CreateAsync(server, agents: 2);
        _conversation = await _workspace.BeginAsync("sara", "1");
        _chat = await _workspace.OpenChatAsync(_workspace.Owner, _conversation);
        _list = await _workspace.OpenListAsync(_workspace.Owner);
        await _chat.DrainAsync();
        await _list.DrainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _chat.DisposeAsync();
        await _list.DisposeAsync();
    }

    [Fact]
    public async Task Ends_with_1013_and_disturbs_nobody_and_goes_on_by_cursor()
    {
        using var slowChat = await RawPeer.OpenAsync(ChatOfTheOther());
        using var slowList = await RawPeer.OpenAsync(server.Socket($"/ws/conversations/?token={_workspace.Agents[1].Token}"));
        var first = await slowChat.NextAsync();

        await WriteAllAsync();
        var (chatFrames, chatCode) = await slowChat.ReadToTheEndAsync();
        var (listFrames, listCode) = await slowList.ReadToTheEndAsync();

        Assert.Equal(Enumerable.Range(2, Messages), _chatHeard.Select(f => (int)f.Number("message.seq")));
        Assert.Equal(Enumerable.Range(2, Messages), _listHeard.Select(f => (int)f.Number("message.seq")));
        Assert.Equal((1013, 1013), (chatCode, listCode));
        await VerifyGoesOnAsync(first.Text("cursor")!, chatFrames, _chatHeard, "chat_message", cursor => _workspace.OpenChatAsync(_workspace.Agents[1], _conversation, $"&cursor={cursor}"));
        await VerifyGoesOnAsync(null, listFrames, _listHeard, "new_customer_message", cursor => _workspace.OpenListAsync(_workspace.Agents[1], $"&cursor={cursor}"));
    }

    [Fact]
    public async Task Is_cut_off_where_not_even_the_closing_is_read()
    {
        using var slow = await RawPeer.OpenAsync(ChatOfTheOther());
        await _chat.NextAsync(f => IsPresence(f, online: true), "the other agent to come");

        await WriteAllAsync();
        server.Clock.Advance(TimeSpan.FromSeconds(5));
        await Eventually.SeesAsync(LaterAsync, heard => heard.Any(f => IsPresence(f, online: false)), "the other agent to be gone");

        Assert.Null((await slow.ReadToTheEndAsync()).Code);
    }

    private Uri ChatOfTheOther() => server.Socket($"/ws/chat/{_conversation}/?token={_workspace.Agents[1].Token}");

    // Group by group, so that the readers who do read never have much to catch up with, however busy the machine is.
    private async Task WriteAllAsync()
    {
        for (var group = 0; group < Messages / AtOnce; group++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(n => _workspace.WriteAsync("sara", LongText)));
            Assert.All(answers, a => Assert.Equal(HttpStatusCode.Accepted, a));
            for (var n = 0; n < AtOnce; n++)
            {
                _chatHeard.Add(await _chat.NextAsync("chat_message"));
                _listHeard.Add(await _list.NextAsync("new_customer_message"));
            }
        }
    }

    // What it read before it was closed, and what it gets by the cursor of the last of that, is all that the others heard.
    private static async Task VerifyGoesOnAsync(string? begun, List<JsonElement> read, List<JsonElement> heard, string type, Func<string, Task<FikoSocket>> openAsync)
    {
        var before = read.Where(f => f.IsA(type)).ToList();
        Assert.InRange(before.Count, begun is null ? 1 : 0, Messages - 1);
        await using var again = await openAsync(before is [.., var last] ? last.Text("cursor")! : begun!);
        await again.DrainAsync();

        Assert.True(again.Heard[0].IsA("resumed") && again.Heard[0].At("recovered").GetBoolean(), again.Heard[0].GetRawText());
        Assert.Equal(heard.Select(Essence), before.Concat(again.Heard.Where(f => f.IsA(type))).Select(Essence));
    }

    // All but the summary, which shows the conversation as it is when the frame is made.
    private static (string?, string) Essence(JsonElement frame) => (frame.Text("cursor"), frame.At("message").GetRawText());

    private Task<IReadOnlyList<JsonElement>> LaterAsync()
    {
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        return Task.FromResult(_chat.Heard);
    }

    private bool IsPresence(JsonElement frame, bool online) =>
        frame.IsA("user_presence") && frame.Number("user_id") == _workspace.Agents[1].Id && frame.At("is_online").GetBoolean() == online;
}

/// <summary>Waits for a slow reader with little, and by the test's clock.</summary>
public sealed class SmallQueueServer : ClockedServer
{
    public SmallQueueServer()
    {
        Settings["Sockets:SendQueueFrames"] = "256";
        Settings["Sockets:SendQueueBytes"] = "1048576";
        Settings["Sockets:CloseTimeout"] = "00:00:05";

        // The framework's pings know no clock but the machine's, and would end a peer that does not answer.
        Settings["Sockets:KeepAliveInterval"] = "00:10:00";
        Settings["Sockets:KeepAliveTimeout"] = "00:10:00";
    }
}
