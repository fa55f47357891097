using System.ComponentModel.DataAnnotations;

namespace Fiko.Application.Webhooks;

/// <summary>How events are sent to integrators (section <c>Webhooks</c>).</summary>
public sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    /// <summary>Plain http, and addresses in networks of our own: for development, and for receivers that are meant to be there.</summary>
    public bool AllowPrivateNetworks { get; set; }

    [Range(1, 1000)]
    public int MaxPerWorkspace { get; set; } = 20;

    /// <summary>How long one call may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>An attempt whose server died is made again this long after it should have timed out.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan LeaseSlack { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Calls to one receiver at the same time, each of another conversation.</summary>
    [Range(1, 1000)]
    public int MaxParallel { get; set; } = 16;

    /// <summary>Calls to all receivers at the same time.</summary>
    [Range(1, 10_000)]
    public int MaxParallelInAll { get; set; } = 128;

    /// <summary>Deliveries of one receiver that may be open; what comes after waits in the log.</summary>
    [Range(1, 100_000)]
    public int MaxQueued { get; set; } = 5000;

    /// <summary>The first pause between attempts; each further one is twice as long, up to <see cref="MaxBackoff"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan Backoff { get; set; } = TimeSpan.FromSeconds(5);

    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long an event is tried before it is dead.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long the log of deliveries is kept after they ended.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long the old secret signs beside the new one.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan SecretOverlap { get; set; } = TimeSpan.FromHours(24);
}
