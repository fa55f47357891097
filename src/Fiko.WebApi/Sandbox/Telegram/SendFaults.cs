namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>What goes wrong with the next sendMessage calls, of whatever bot.</summary>
internal sealed class SendFaults
{
    public static readonly string[] Kinds =
        ["rate_limit", "server_error", "timeout", "blocked", "invalid_token", "cut_before", "cut_after", "bad_gateway"];

    private readonly Lock _gate = new();
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
        }
    }

    public FaultBody? Take()
    {
        lock (_gate)
        {
            var taken = _next;
            _next = taken is { Count: > 1 } ? taken with { Count = taken.Count - 1 } : null;
            return taken;
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
}
