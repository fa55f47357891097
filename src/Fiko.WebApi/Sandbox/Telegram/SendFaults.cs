using System.Text.Json.Serialization;

namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>What goes wrong with the next calls, of whatever bot.</summary>
internal sealed class SendFaults
{
    /// <summary>What a fault names to fail the download of files, which is no method.</summary>
    public const string Download = "download";

    public static readonly string[] Kinds =
    [
        "rate_limit", "server_error", "timeout", "blocked", "invalid_token", "cut_before", "cut_after", "bad_gateway", "not_found", "slow_download",
    ];

    private readonly Lock _gate = new();
    private Random _random = Random.Shared;
    private FaultBody? _next;

    public FaultBody? Left
    {
        get
        {
            lock (_gate)
            {
                return _next;
            }
        }
    }

    public void Set(FaultBody? fault)
    {
        lock (_gate)
        {
            _next = fault is { Count: > 0 } ? fault : null;
            _random = fault?.Seed is { } seed ? new Random(seed) : Random.Shared;
        }
    }

    public FaultBody? Take(string method)
    {
        lock (_gate)
        {
            if (_next is not { } taken || !taken.Meets(method) || (taken.Share is { } share && _random.NextDouble() >= share))
            {
                return null;
            }

            _next = taken.Count > 1 ? taken with { Count = taken.Count - 1 } : null;
            return taken.Kinds is { Length: > 0 } kinds ? taken with { Kind = kinds[_random.Next(kinds.Length)] } : taken;
        }
    }
}

/// <summary>What is asked of the sandbox, and what is left of it.</summary>
internal sealed record FaultBody(string? Kind, int Count, int RetryAfter)
{
    public FaultBody()
        : this(null, 1, 1)
    {
    }

    /// <summary>Each failing call draws one of them; then no kind is needed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string[]? Kinds { get; init; }

    /// <summary>Where none is named: all that send a message.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string[]? Methods { get; init; }

    /// <summary>How likely each call is to fail, until so many have; else each does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Share { get; init; }

    /// <summary>The same seed draws the same calls.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Seed { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? DelayMs { get; init; }

    public bool Meets(string method) =>
        Methods is { Length: > 0 } ? Methods.Contains(method, StringComparer.OrdinalIgnoreCase)
        : Kind is "slow_download" or "not_found" ? method is SendFaults.Download

        // Typing is a courtesy: it would use up what is meant for messages.
        : method.StartsWith("send", StringComparison.OrdinalIgnoreCase) && !method.Equals("sendChatAction", StringComparison.OrdinalIgnoreCase);
}
