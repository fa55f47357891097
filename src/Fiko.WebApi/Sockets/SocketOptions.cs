using System.ComponentModel.DataAnnotations;

namespace Fiko.WebApi.Sockets;

/// <summary>Limits of a socket, and of what leads to one (protocol.md, Limits; section <c>Sockets</c>).</summary>
internal sealed class SocketOptions
{
    public const string Section = "Sockets";

    /// <summary>A longer frame closes the socket with 1009. Of a compressed one it is the inflated size that counts.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int MaxFrameBytes { get; set; } = 64 * 1024;

    /// <summary>Frames that may wait for a slow reader; a further one closes its socket with 1013.</summary>
    [Range(8, 1_000_000)]
    public int SendQueueFrames { get; set; } = 1024;

    /// <summary>Bytes that may wait for a slow reader, likewise.</summary>
    [Range(64 * 1024, int.MaxValue)]
    public int SendQueueBytes { get; set; } = 4 * 1024 * 1024;

    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(15);

    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a peer may take to answer our closing before the connection is cut.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What a socket may say in the long run; more is refused with <c>rate_limited</c>.</summary>
    [Range(1, 1_000_000)]
    public int FramesPerSecond { get; set; } = 20;

    /// <summary>What a socket that was quiet may say at once.</summary>
    [Range(1, 1_000_000)]
    public int FrameBurst { get; set; } = 40;

    /// <summary>The same for all sockets of a user together.</summary>
    [Range(1, 1_000_000)]
    public int UserFramesPerSecond { get; set; } = 100;

    [Range(1, 1_000_000)]
    public int UserFrameBurst { get; set; } = 200;

    /// <summary>So many refusals in a row close a socket with 4429.</summary>
    [Range(1, 1_000_000)]
    public int MaxRefusals { get; set; } = 100;

    /// <summary>For so long after that, a further socket of the same user is closed with 4429, too.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan FloodPause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Sockets of one user at the same time; a further one is closed with 4429.</summary>
    [Range(1, 1_000_000)]
    public int MaxPerUser { get; set; } = 50;

    /// <summary>Sockets of all users; a further handshake is answered 503.</summary>
    [Range(1, 10_000_000)]
    public int MaxOpen { get; set; } = 20_000;

    /// <summary>Handshakes at the same time that have not proved who they are; a further one is answered 503.</summary>
    [Range(2, 1_000_000)]
    public int MaxHandshakes { get; set; } = 1000;

    /// <summary>Connections that are no sockets, or not yet; a further one is closed at once.</summary>
    [Range(8, 10_000_000)]
    public int MaxHttpConnections { get; set; } = 10_000;

    /// <summary>How long the head of a request may take to arrive.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RequestHeadersTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A request whose body comes more slowly than this is given up.</summary>
    [Range(1, 1_000_000)]
    public int MinBodyBytesPerSecond { get; set; } = 240;

    /// <summary>How long a body may be slower.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:10:00")]
    public TimeSpan MinBodyGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether permessage-deflate is agreed to where a client asks for it.</summary>
    public bool Compression { get; set; }
}
