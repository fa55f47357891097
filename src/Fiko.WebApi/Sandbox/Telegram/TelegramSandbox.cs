using Microsoft.Extensions.Options;

namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>The stand-in for Telegram: every well-formed token is a bot from the first call on.</summary>
internal sealed class TelegramSandbox(IOptions<SandboxOptions> options, TimeProvider time, WebhookPump pump)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, SandboxBot> _bots = [];
    private SandboxBot? _firstWithWebhook;

    public SendFaults Faults { get; } = new();

    public WebhookPosting Posting { get; } = new();

    public SandboxBot Bot(long id)
    {
        lock (_gate)
        {
            if (!_bots.TryGetValue(id, out var bot))
            {
                if (_bots.Count >= options.Value.Bots)
                {
                    throw new BotRefusal(StatusCodes.Status500InternalServerError, "Internal Server Error: the sandbox is full of bots");
                }

                _bots[id] = bot = new SandboxBot(id, options.Value, time, pump, Posting);
            }

            return bot;
        }
    }

    /// <summary>Makes a customer known who wrote before this server started: whoever stores chats outlives this memory.</summary>
    public void Introduce(long bot, SandboxPerson customer) => Bot(bot).Open(customer.Id).Introduce(customer);

    public void NoteWebhook(SandboxBot bot)
    {
        lock (_gate)
        {
            _firstWithWebhook ??= bot;
        }
    }

    /// <summary>The named bot; else the first that registered a webhook, else the only one.</summary>
    public SandboxBot Choose(string? named)
    {
        lock (_gate)
        {
            if (named is not null)
            {
                return long.TryParse(named, out var id) && _bots.TryGetValue(id, out var bot)
                    ? bot
                    : throw new SandboxRefusal(StatusCodes.Status404NotFound, "No bot with this id has called the sandbox yet.");
            }

            return _firstWithWebhook
                ?? (_bots.Count == 1 ? _bots.Values.Single() : throw new SandboxRefusal(
                    StatusCodes.Status409Conflict,
                    _bots.Count == 0 ? "No bot has called the sandbox yet: connect a Telegram channel first." : "There are several bots: choose one with ?bot={id}."));
        }
    }

    public SandboxBot[] Bots()
    {
        lock (_gate)
        {
            return [.. _bots.Values.OrderByDescending(b => b == _firstWithWebhook).ThenBy(b => b.Id)];
        }
    }
}
