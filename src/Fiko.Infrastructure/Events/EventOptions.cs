using System.ComponentModel.DataAnnotations;

namespace Fiko.Infrastructure.Events;

/// <summary>How programs may wait for events (section <c>Events</c>).</summary>
public sealed class EventOptions
{
    public const string Section = "Events";

    /// <summary>Calls of one user that may wait at the same time.</summary>
    [Range(1, 1000)]
    public int MaxWaiting { get; set; } = 5;
}
