using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Fiko.Application.Attachments;

/// <summary>Limits of files, and how patiently they are fetched (section <c>Files</c>).</summary>
public sealed class FilesOptions
{
    public const string Section = "Files";

    private const long KiB = 1024;
    private const long MiB = 1024 * KiB;

    /// <summary>Bytes of an agent's upload.</summary>
    [Range(1, 2048 * MiB)]
    public long MaxUploadSize { get; set; } = 20 * MiB;

    /// <summary>Bytes of a customer's file.</summary>
    [Range(1, 2048 * MiB)]
    public long MaxDownloadSize { get; set; } = 50 * MiB;

    /// <summary>How many uploads an agent may have that no message carries yet.</summary>
    [Range(1, 10_000)]
    public int MaxUnusedUploads { get; set; } = 100;

    /// <summary>How long an upload waits for its message.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan UnusedAfter { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long one fetch may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan FetchTimeout { get; set; } = TimeSpan.FromMinutes(2);

    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 8;

    /// <summary>The first pause between attempts; each further one is twice as long, up to <see cref="MaxBackoff"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:05:00")]
    public TimeSpan Backoff { get; set; } = TimeSpan.FromSeconds(2);

    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>A size as people read it.</summary>
    public static string InWords(long bytes) => bytes switch
    {
        >= MiB => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)MiB:0.#} MiB"),
        >= KiB => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)KiB:0.#} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
    };

    /// <summary>Until when to wait. Half of the back-off is fixed and half is chance, so that what failed together does not come back together.</summary>
    /// <param name="attempts">Those made.</param>
    /// <param name="asked">The pause that the platform asked for.</param>
    /// <param name="jitter">0 to 1.</param>
    public TimeSpan PauseAfter(int attempts, TimeSpan? asked, double jitter)
    {
        var grown = TimeSpan.FromTicks(Math.Min(MaxBackoff.Ticks, Backoff.Ticks << Math.Clamp(attempts - 1, 0, 20)));
        var spread = grown * (0.5 + (jitter / 2));
        return asked is { } wait && wait > spread ? wait : spread;
    }
}
