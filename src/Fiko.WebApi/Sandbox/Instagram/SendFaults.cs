namespace Fiko.WebApi.Sandbox.Instagram;

/// <summary>What goes wrong with the next messages that are sent, of whatever account.</summary>
internal sealed class SendFaults
{
    public static readonly string[] Kinds =
    [
        "rate_limit", "server_error", "timeout", "blocked", "invalid_token", "window_closed", "unknown_error",
        "cut_before", "cut_after", "bad_gateway",
    ];

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

    /// <summary>How this call fails; null where it does not.</summary>
    public InstagramFault? Take()
    {
        lock (_gate)
        {
            if (Left is not { } fault || (fault.Share < 1 && _chance.NextDouble() >= fault.Share))
            {
                return null;
            }

            Left = fault.Count > 1 ? fault with { Count = fault.Count - 1 } : null;
            return fault.Kinds is [] ? fault : fault with { Kind = fault.Kinds[_chance.Next(fault.Kinds.Count)] };
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
}
