using System.Text.Json.Serialization;

namespace Fiko.WebApi.Sandbox.Instagram;

/// <summary>What goes wrong with the next messages that are sent and files that are fetched, of whatever account.</summary>
internal sealed class SendFaults
{
    public static readonly string[] Kinds =
    [
        "rate_limit", "server_error", "timeout", "blocked", "invalid_token", "window_closed", "unknown_error",
        "cut_before", "cut_after", "bad_gateway",
    ];

    /// <summary>These meet the files behind the webhooks' addresses, and nothing else.</summary>
    public static readonly string[] DownloadKinds = ["slow_download", "not_found"];

    private readonly Lock _gate = new();
    private Random _chance = Random.Shared;

    public InstagramFault? Left { get; private set; }

    public void Set(InstagramFault? fault)
    {
        lock (_gate)
        {
            Left = fault is { Count: > 0 } ? fault : null;
            _chance = fault?.Seed is { } seed ? new Random(seed) : Random.Shared;
        }
    }

    /// <summary>How the sending of a message fails; null where it does not.</summary>
    public InstagramFault? Take() => Take(Kinds);

    /// <summary>How the fetching of a file fails; null where it does not.</summary>
    public InstagramFault? TakeDownload() => Take(DownloadKinds);

    private InstagramFault? Take(string[] possible)
    {
        lock (_gate)
        {
            if (Left is not { } fault || possible.Where(k => fault.Named.Contains(k)).ToArray() is not [_, ..] kinds
                || (fault.Share < 1 && _chance.NextDouble() >= fault.Share))
            {
                return null;
            }

            Left = fault.Count > 1 ? fault with { Count = fault.Count - 1 } : null;
            return fault with { Kind = kinds[_chance.Next(kinds.Length)] };
        }
    }
}

/// <summary>What is asked of the sandbox, and what is left of it.</summary>
internal sealed record InstagramFault
{
    public string? Kind { get; init; }

    /// <summary>Instead of one kind: each failure is one of these at random.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>How many calls fail before none does any more.</summary>
    public int Count { get; init; } = 1;

    public int RetryAfter { get; init; } = 1;

    /// <summary>The probability with which a call fails.</summary>
    public double Share { get; init; } = 1;

    /// <summary>Makes what is random the same each time.</summary>
    public int? Seed { get; init; }

    /// <summary>How long a slow download stops in its middle.</summary>
    public int DelayMs { get; init; } = 1000;

    [JsonIgnore]
    public IReadOnlyList<string?> Named => Kinds is [] ? [Kind] : [.. Kinds];
}
