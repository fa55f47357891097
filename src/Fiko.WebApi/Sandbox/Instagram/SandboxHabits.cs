namespace Fiko.WebApi.Sandbox.Instagram;

/// <summary>How the stand-in treats its webhooks and echoes: Meta promises neither once nor in order.</summary>
internal sealed class SandboxHabits
{
    private readonly Lock _gate = new();
    private Random _chance = Random.Shared;

    public EchoHabits Echoes { get; set; } = new();

    public WebhookHabits Webhooks { get; private set; } = new();

    public void Set(WebhookHabits webhooks)
    {
        lock (_gate)
        {
            Webhooks = webhooks;
            _chance = webhooks.Seed is { } seed ? new Random(seed) : Random.Shared;
        }
    }

    public int NextCopies()
    {
        lock (_gate)
        {
            return Webhooks.Vary ? _chance.Next(1, Webhooks.Repeat + 1) : Webhooks.Repeat;
        }
    }

    public TimeSpan NextShuffle()
    {
        lock (_gate)
        {
            return TimeSpan.FromMilliseconds(Webhooks.ShuffleMs > 0 ? _chance.Next(1, Webhooks.ShuffleMs + 1) : 0);
        }
    }
}
