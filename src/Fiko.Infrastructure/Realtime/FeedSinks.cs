using Fiko.Application.Realtime;
using Fiko.Infrastructure.Backplane;

namespace Fiko.Infrastructure.Realtime;

/// <summary>To the sockets of this server alone: frames that nobody here listens to are not made.</summary>
internal sealed class LiveSockets(ILocalSockets sockets, long position) : IFrameSink
{
    public bool Wants(Topic topic) => sockets.AnyListensTo(topic);

    public void Push(Topic topic, DurableFrame frame) => sockets.SendLogged(topic, position, Wire.Encode(frame));

    public void End(Topic topic) => sockets.EndTopic(topic);
}

/// <summary>To the sockets of this server, and kept for those of the others: encoded once for all of them.</summary>
internal sealed class EverySocket(ILocalSockets sockets, long position) : IFrameSink
{
    public List<TopicFrame> Frames { get; } = [];

    public bool Wants(Topic topic) => true;

    public void Push(Topic topic, DurableFrame frame)
    {
        var bytes = Wire.Encode(frame);
        Frames.Add(new TopicFrame(topic, bytes));
        sockets.SendLogged(topic, position, bytes);
    }

    public void End(Topic topic)
    {
        Frames.Add(new TopicFrame(topic, default));
        sockets.EndTopic(topic);
    }
}
