namespace Fiko.WebApi.Sockets;

/// <summary>How fast a socket may talk, and when nobody listens to it any more (protocol.md, Limits). Asked before a frame is parsed.</summary>
internal sealed class FramePace(SocketOptions options, FrameAllowance? ofUser, TimeProvider time)
{
    // Even in a flood a frame gets through whenever its moment has come. Were the count to begin anew with each of them, only
    // who sends thousands a second would ever be closed. Who is a little too quick never gets there.
    private const int TakenBack = 5;

    private readonly FrameAllowance _own = new(options.FramesPerSecond, options.FrameBurst, time);
    private int _refusals;

    /// <summary>Whether it was refused so often in a row that its socket is to end.</summary>
    public bool IsHopeless => _refusals >= options.MaxRefusals;

    public bool TryTake()
    {
        if (_own.TryTake() && (ofUser is null || ofUser.TryTake()))
        {
            _refusals = Math.Max(0, _refusals - TakenBack);
            return true;
        }

        _refusals++;
        return false;
    }
}
