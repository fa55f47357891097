using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Fiko.WebApi.Sockets;

/// <summary>Whether this server is going away (protocol.md, Shutdown).</summary>
internal sealed class Drain(IOptions<DrainOptions> options, Random chance)
{
    private volatile bool _hasBegun;

    /// <summary>From here on it is not ready, and nobody new comes in.</summary>
    public bool HasBegun => _hasBegun;

    public void Begin() => _hasBegun = true;

    /// <summary>When one of its sockets may come back, in milliseconds.</summary>
    /// <param name="turn">Where it stands among those that go, from 0 to 1; by chance where it stands nowhere.</param>
    public int PauseOf(double? turn)
    {
        // Who goes first comes back first. So they come back evenly over the time of their going and of the pauses together,
        // and not most of them in the middle of it, as chance would have it.
        var within = options.Value.ReconnectWithin * (turn ?? chance.NextDouble());
        return (int)(options.Value.ReconnectAfter + within).TotalMilliseconds;
    }
}

/// <summary>How a server goes away (section <c>Drain</c>).</summary>
internal sealed class DrainOptions
{
    public const string Section = "Drain";

    /// <summary>Over how long the sockets are closed.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan Period { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>When the first of them may come back.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ReconnectAfter { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Over how long after that they come back.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ReconnectWithin { get; set; } = TimeSpan.FromSeconds(5);
}
