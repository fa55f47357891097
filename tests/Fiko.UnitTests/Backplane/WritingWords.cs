using System.Text;
using Fiko.Application.Presence;
using Fiko.Application.Realtime;
using Fiko.Infrastructure.Backplane;

namespace Fiko.UnitTests.Backplane;

public sealed class WritingWords
{
    private static readonly Guid Sender = Guid.NewGuid();

    public static TheoryData<object> Words =>
    [
        new Beat(),
        new LogHint(7, 42),
        new Signed(new PresenceSign(new PresentAgent(1, 7, "سارا"), 9, SignKind.Typing)),
        new WhoIsThere(7),
        new AccessEnded(AccessChange.AgentChanged, 3),
    ];

    [Theory]
    [MemberData(nameof(Words), DisableDiscoveryEnumeration = true)]
    public void A_word_is_read_as_it_was_said(object word)
    {
        Assert.True(WordCodec.TryRead(WordCodec.Write(Sender, (BackplaneWord)word), out var sender, out var read));

        Assert.Equal((Sender, word), (sender, read));
    }

    [Fact]
    public void Everybody_is_read_as_they_were_said()
    {
        PresenceSign[] signs = [new(new PresentAgent(1, 7, "Sara"), 9, SignKind.Came), new(new PresentAgent(2, 7, "Reza"), 8, SignKind.Came)];

        Assert.True(WordCodec.TryRead(WordCodec.Write(Sender, new Everybody(7, signs)), out _, out var read));

        Assert.Equal(signs, Assert.IsType<Everybody>(read).Signs);
    }

    [Fact]
    public void Who_is_online_is_read_as_it_was_said()
    {
        OnlineAgent[] agents = [new(7, 1), new(8, 2)];

        Assert.True(WordCodec.TryRead(WordCodec.Write(Sender, new Online(agents)), out _, out var read));

        Assert.Equal(agents, Assert.IsType<Online>(read).Agents);
    }

    [Fact]
    public void Frames_arrive_byte_for_byte()
    {
        var frames = new EventFrames(7, 42, [new(Topic.Inbox(7), Bytes("""{"type":"سلام"}""")), new(Topic.Chat(9), Bytes("{}")), new(Topic.Chat(9), default)]);

        Assert.True(WordCodec.TryRead(WordCodec.Write(Sender, frames), out var sender, out var read));

        var heard = Assert.IsType<EventFrames>(read);
        Assert.Equal((Sender, 7, 42), (sender, heard.WorkspaceId, heard.Position));
        Assert.Equal(frames.Frames.Select(f => (f.Topic, Convert.ToHexString(f.Frame.Span))), heard.Frames.Select(f => (f.Topic, Convert.ToHexString(f.Frame.Span))));
    }

    [Fact]
    public void What_another_version_or_a_stranger_says_is_passed_over()
    {
        var frames = WordCodec.Write(Sender, new EventFrames(7, 42, [new(Topic.Inbox(7), Bytes("{}"))]));
        byte[][] strange = [[], [1, 2, 3], [.. Sender.ToByteArray(), .. """{"k":"of tomorrow"}"""u8], [.. Sender.ToByteArray(), .. "PING"u8], [.. Sender.ToByteArray(), 1]];

        Assert.All(strange, bytes => Assert.False(WordCodec.TryRead(bytes, out _, out _)));
        Assert.All(Enumerable.Range(0, frames.Length), length => Assert.False(WordCodec.TryRead(frames.AsMemory(0, length), out _, out _)));
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
