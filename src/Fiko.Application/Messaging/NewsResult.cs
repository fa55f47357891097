using Fiko.Domain.Channels;

namespace Fiko.Application.Messaging;

/// <summary>What became of a piece of inbound news.</summary>
/// <param name="Status">As it is kept on the update.</param>
/// <param name="Reason">Why nothing was made of it.</param>
/// <param name="About">What it waits for: one of <see cref="AwaitedNews"/>.</param>
public sealed record NewsResult(InboundStatus Status, string? Reason = null, string? About = null)
{
    public static NewsResult Done { get; } = new(InboundStatus.Processed);

    public static NewsResult Nothing(string reason) => new(InboundStatus.Ignored, reason);

    public static NewsResult Wait(string about, string reason) => new(InboundStatus.Waiting, reason, about);
}
