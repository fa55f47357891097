using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Protocol;

/// <summary>permessage-deflate (RFC 7692), where <c>Sockets:Compression</c> switches it on.</summary>
public sealed class CompressingFrames(CompressingFrames.Server server) : IClassFixture<CompressingFrames.Server>
{
    private const string Offer = "permessage-deflate";
    private const int Bomb = 64 * 1024 * 1024;
    private const int Bounded = 8 * 1024 * 1024;

    [Fact]
    public async Task It_is_agreed_to_and_each_frame_is_compressed_for_itself()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        using var list = await RawPeer.OpenAsync(server.Socket($"/ws/conversations/?token={workspace.Owner.Token}"), Offer);

        await list.SayAsync(new { type = "ping" });
        await list.SendDeflatedAsync(Deflate("""{"type":"ping"}"""u8.ToArray()));
        var answers = new[] { await list.NextRawAsync(), await list.NextRawAsync() };

        Assert.Contains("server_no_context_takeover", list.Head, StringComparison.Ordinal);
        Assert.All(answers, a => Assert.True(a.IsCompressed));
        Assert.All(answers, a => Assert.Equal("pong", Inflate(a.Payload).Text("type")));
    }

    [Fact]
    public async Task A_frame_that_grows_beyond_the_limit_ends_with_1009_in_bounded_memory()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var small = Deflate(new byte[Bomb]);
        using var list = await RawPeer.OpenAsync(server.Socket($"/ws/conversations/?token={workspace.Owner.Token}"), Offer);
        await list.SayAsync(new { type = "ping" });
        await list.NextRawAsync();
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await list.SendDeflatedAsync(small);
        var (_, code) = await list.ReadToTheEndAsync();

        Assert.Equal(1009, code);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, Bounded);
    }

    [Fact]
    public async Task A_frame_with_the_signature_of_a_link_is_not_compressed()
    {
        var bot = await TelegramWorkspace.CreateAsync(server);
        var conversation = await bot.BeginAsync(CustomersSide.NewCustomer());
        var upload = await server.UploadedAsync(bot.Owner, SomeFile.Png());
        await using var agent = await bot.OpenChatAsync(conversation);
        using var chat = await RawPeer.OpenAsync(server.Socket($"/ws/chat/{conversation}/?token={bot.Owner.Token}"), Offer);
        var before = await chat.NextRawAsync();

        await agent.SendAsync(new { type = "chat_message", content = "Your receipt", attachments = new[] { upload.Text("id") } });
        var withLink = await chat.NextRawAsync();

        Assert.True(before.IsCompressed);
        Assert.False(withLink.IsCompressed);
        Assert.Contains("signature=", Encoding.UTF8.GetString(withLink.Payload), StringComparison.Ordinal);
    }

    // Ends in an empty block, whose last four bytes are left out (RFC 7692, section 7.2.1).
    private static byte[] Deflate(byte[] plain)
    {
        using var all = new MemoryStream();
        using (var deflate = new DeflateStream(all, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(plain);
            deflate.Flush();
            return all.ToArray()[..^4];
        }
    }

    private static JsonElement Inflate(byte[] deflated)
    {
        using var inflate = new DeflateStream(new MemoryStream([.. deflated, 0, 0, 0xFF, 0xFF]), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        inflate.CopyTo(plain);
        return JsonDocument.Parse(plain.ToArray()).RootElement;
    }

    public sealed class Server : FikoServer
    {
        public Server() => Settings["Sockets:Compression"] = "true";
    }
}

public sealed class NotCompressingFrames(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task Is_what_happens_unless_it_is_switched_on()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        using var list = await RawPeer.OpenAsync(server.Socket($"/ws/conversations/?token={workspace.Owner.Token}"), "permessage-deflate");

        await list.SayAsync(new { type = "ping" });

        Assert.False((await list.NextRawAsync()).IsCompressed);
        Assert.DoesNotContain("permessage-deflate", list.Head, StringComparison.Ordinal);
    }
}
