namespace Fiko.Application.Realtime;

/// <summary>Carries what is true now and not kept: typing and presence. Never waits for a socket.</summary>
public interface IBroadcaster
{
    /// <param name="topic">Whose sockets.</param>
    /// <param name="exceptAgentId">The user whom the frame is about, who does not need to be told.</param>
    /// <param name="key">Frames of one key replace each other where a socket can't keep up: the newest state wins.</param>
    /// <param name="frame">What they hear.</param>
    void Send(Topic topic, long exceptAgentId, string key, ServerFrame frame);
}

/// <summary>Takes the frames that events turn into, for the live sockets or for one that resumes.</summary>
public interface IFrameSink
{
    /// <summary>False saves building a frame that nobody hears.</summary>
    bool Wants(Topic topic);

    void Push(Topic topic, DurableFrame frame);

    /// <summary>There is nothing to listen to any more: the sockets of an erased chat close with 4404 (rest.md, Conversations).</summary>
    void End(Topic topic);
}
