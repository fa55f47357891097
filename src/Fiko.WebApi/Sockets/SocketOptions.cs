using System.ComponentModel.DataAnnotations;

namespace Fiko.WebApi.Sockets;

/// <summary>Limits of a socket (protocol.md, Limits; section <c>Sockets</c>).</summary>
internal sealed class SocketOptions
{
    public const string Section = "Sockets";

    /// <summary>A longer frame closes the socket with 1009.</summary>
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
}
