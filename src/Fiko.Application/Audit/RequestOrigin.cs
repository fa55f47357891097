namespace Fiko.Application.Audit;

/// <summary>Where the requests of this scope come from. Set by whoever lets them in; what begins inside the server comes from nowhere.</summary>
public sealed class RequestOrigin
{
    public Whereabouts From { get; set; } = Whereabouts.Unknown;
}

/// <summary>What is known of a client besides its token.</summary>
/// <param name="Address">Of the network, as the connection says it: what a header claims is not believed.</param>
/// <param name="UserAgent">As the client names itself.</param>
public sealed record Whereabouts(string? Address, string? UserAgent)
{
    public const int LongestUserAgent = 256;

    public static Whereabouts Unknown { get; } = new(null, null);

    public string? UserAgent { get; } = UserAgent is { Length: > LongestUserAgent } ? UserAgent[..LongestUserAgent] : UserAgent is "" ? null : UserAgent;
}
