using System.ComponentModel.DataAnnotations;

namespace Fiko.Application.Messaging;

/// <summary>Limits of what an agent may send (section <c>Messages</c>).</summary>
public sealed class MessageOptions
{
    public const string Section = "Messages";

    /// <summary>Unicode characters, after trimming.</summary>
    [Range(1, 1_000_000)]
    public int MaxContentLength { get; set; } = 4096;
}

/// <summary>How messages go to the platforms (section <c>Delivery</c>).</summary>
public sealed class DeliveryOptions
{
    public const string Section = "Delivery";

    /// <summary>How long a message waits for the platform before it is shown as pending.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan InlineWait { get; set; } = TimeSpan.FromSeconds(2);

    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 8;

    /// <summary>How long one call may take; after that nobody can know.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The same for a part that carries a file.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:30:00")]
    public TimeSpan FileSendTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>An attempt whose server died counts as lost this long after it should have timed out.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan LeaseSlack { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The first pause between attempts; each further one is twice as long, up to <see cref="MaxBackoff"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:05:00")]
    public TimeSpan Backoff { get; set; } = TimeSpan.FromSeconds(1);

    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromMinutes(5);
}
