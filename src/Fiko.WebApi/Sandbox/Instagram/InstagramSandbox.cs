using Microsoft.Extensions.Options;

namespace Fiko.WebApi.Sandbox.Instagram;

/// <summary>The stand-in for Instagram: every well-formed token is an account from the first call on.</summary>
internal sealed class InstagramSandbox(IOptions<SandboxOptions> options, TimeProvider time, EventQueues queues, SandboxHabits habits, SandboxAddress address)
{
    // What is subscribed for accounts that were connected before this server started.
    public static readonly IReadOnlyList<string> AllFields =
        ["messages", "messaging_postbacks", "messaging_seen", "message_reactions", "message_edit"];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, SandboxAccount> _accounts = [];
    private SandboxAccount? _first;

    public SendFaults Faults { get; } = new();

    public SandboxHabits Habits => habits;

    public SandboxAccount Account(string id)
    {
        lock (_gate)
        {
            if (!_accounts.TryGetValue(id, out var account))
            {
                if (_accounts.Count >= options.Value.Bots)
                {
                    throw new GraphRefusal(GraphErrors.SandboxFull());
                }

                _accounts[id] = account = new SandboxAccount(id, options.Value, time, queues, habits, address);
            }

            return account;
        }
    }

    public void Subscribe(SandboxAccount account, IReadOnlyList<string> fields)
    {
        lock (_gate)
        {
            account.Subscribed = fields;
            _first = _first is { Subscribed: not [] } ? _first : account;
        }
    }

    /// <summary>The named account; else the first that was subscribed, else the only one.</summary>
    public SandboxAccount Choose(string? named)
    {
        lock (_gate)
        {
            if (named is not null)
            {
                return _accounts.GetValueOrDefault(named)
                    ?? throw new SandboxRefusal(StatusCodes.Status404NotFound, "No account with this number has called the sandbox yet.");
            }

            return _first is { Subscribed: not [] } first ? first
                : _accounts.Count == 1 ? _accounts.Values.Single()
                : throw new SandboxRefusal(
                    StatusCodes.Status409Conflict,
                    _accounts.Count == 0 ? "No account has called the sandbox yet: connect an Instagram channel first." : "There are several accounts: choose one with ?account={id}.");
        }
    }

    public SandboxAccount[] Accounts()
    {
        lock (_gate)
        {
            return [.. _accounts.Values.OrderByDescending(a => a == _first).ThenBy(a => a.Id, StringComparer.Ordinal)];
        }
    }
}
