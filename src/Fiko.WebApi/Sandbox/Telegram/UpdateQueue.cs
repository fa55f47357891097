using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>The updates of one bot that nobody has taken yet, for its webhook or for getUpdates.</summary>
internal sealed class UpdateQueue(SandboxOptions limits, TimeProvider time, WebhookPump pump)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly Lock _gate = new();
    private readonly Dictionary<long, List<PendingUpdate>> _chats = [];
    private readonly HashSet<long> _pumped = [];
    private int _lastId = FirstIds.At(time.GetUtcNow());
    private string[] _allowed = [];
    private Webhook? _webhook;
    private (DateTimeOffset At, string Reason)? _failure;
    private TaskCompletionSource<string?>? _poll;

    public bool HasWebhook => _webhook is not null;

    public int Add(long chat, string kind, JsonObject content)
    {
        lock (_gate)
        {
            var update = new JsonObject { ["update_id"] = ++_lastId, [kind] = content };
            if (_allowed is [] || _allowed.Contains(kind))
            {
                Enqueue(new(_lastId, chat, JsonSerializer.SerializeToUtf8Bytes(update, SandboxJson.Options), true, time.GetUtcNow()));
            }

            return _lastId;
        }
    }

    public int AddRaw(byte[] body)
    {
        lock (_gate)
        {
            var (id, chat, isJson) = RawUpdate.Read(body);
            Enqueue(new(id ?? ++_lastId, chat, body, isJson, time.GetUtcNow()));
            return id ?? _lastId;
        }
    }

    /// <returns>False where exactly this was set already.</returns>
    public bool SetWebhook(Webhook? webhook, string[]? allowed, bool dropPending)
    {
        lock (_gate)
        {
            _allowed = allowed ?? _allowed;
            if (dropPending)
            {
                _chats.Clear();
            }

            if (webhook is null ? _webhook is null : _webhook is { } current && webhook.SameAs(current))
            {
                return false;
            }

            (_webhook, var former) = (webhook, _webhook);
            _failure = null;
            former?.Replace();
            if (webhook is not null)
            {
                _poll?.TrySetResult("Conflict: terminated by setWebhook request");
                foreach (var chat in _chats.Keys)
                {
                    Pump(chat);
                }
            }

            return true;
        }
    }

    public JsonObject DescribeWebhook()
    {
        lock (_gate)
        {
            var description = new JsonObject
            {
                ["url"] = _webhook?.Address.OriginalString ?? "",
                ["has_custom_certificate"] = false,
                ["pending_update_count"] = _chats.Values.Sum(c => c.Count),
            };
            if (_webhook is { } webhook)
            {
                description["max_connections"] = webhook.MaxConnections;
            }

            if (_allowed is not [])
            {
                description["allowed_updates"] = new JsonArray([.. _allowed.Select(a => JsonValue.Create(a))]);
            }

            if (_failure is { } failure)
            {
                description["last_error_date"] = failure.At.ToUnixTimeSeconds();
                description["last_error_message"] = failure.Reason;
            }

            return description;
        }
    }

    /// <summary>getUpdates: at once what there is, or what comes within <paramref name="patience"/>.</summary>
    public async Task<PendingUpdate[]> TakeAsync(long offset, int limit, TimeSpan patience, string[]? allowed, CancellationToken ct)
    {
        var poll = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_webhook is not null)
            {
                throw Conflict("Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
            }

            _allowed = allowed ?? _allowed;
            _poll?.TrySetResult("Conflict: terminated by other getUpdates request; make sure that only one bot instance is running");
            Confirm(offset);
            var ready = Ready(limit);
            _poll = ready is [] && patience > TimeSpan.Zero ? poll : null;
            if (_poll is null)
            {
                return ready;
            }
        }

        try
        {
            return await poll.Task.WaitAsync(patience, time, ct) is { } conflict ? throw Conflict(conflict) : Ready(limit);
        }
        catch (TimeoutException)
        {
            return [];
        }
        finally
        {
            lock (_gate)
            {
                _poll = _poll == poll ? null : _poll;
            }
        }
    }

    /// <summary>What to post next of a chat; null ends its pump.</summary>
    public (PendingUpdate Update, Webhook Webhook)? Next(long chat)
    {
        lock (_gate)
        {
            _chats.GetValueOrDefault(chat)?.RemoveAll(u => time.GetUtcNow() - u.Created > Lifetime);
            if (_webhook is { } webhook && _chats.TryGetValue(chat, out var waiting) && waiting is [var first, ..])
            {
                return (first, webhook);
            }

            _pumped.Remove(chat);
            return null;
        }
    }

    public void Accepted(PendingUpdate update)
    {
        lock (_gate)
        {
            Remove(update.Queue, u => u == update);
        }
    }

    public void Failed(string reason)
    {
        lock (_gate)
        {
            _failure = (time.GetUtcNow(), reason);
        }
    }

    private static BotRefusal Conflict(string description) => new(StatusCodes.Status409Conflict, description);

    private void Enqueue(PendingUpdate update)
    {
        if (!_chats.TryGetValue(update.Queue, out var waiting))
        {
            // A bot that nobody listens to must not fill the memory.
            if (_chats.Count >= limits.ChatsPerBot)
            {
                _chats.Remove(_chats.Keys.First());
            }

            _chats[update.Queue] = waiting = [];
        }

        if (waiting.Count >= limits.MessagesPerChat)
        {
            waiting.RemoveAt(0);
        }

        waiting.Add(update);
        _poll?.TrySetResult(null);
        Pump(update.Queue);
    }

    private void Pump(long chat)
    {
        if (_webhook is not null && _pumped.Add(chat))
        {
            pump.Start(this, chat);
        }
    }

    private PendingUpdate[] Ready(int limit)
    {
        lock (_gate)
        {
            return [.. _chats.Values.SelectMany(c => c).Where(u => u.IsJson).OrderBy(u => u.Id).Take(limit)];
        }
    }

    // A negative offset asks for the last so many, and forgets all older ones.
    private void Confirm(long offset)
    {
        var oldest = offset >= 0
            ? offset
            : _chats.Values.SelectMany(c => c).Select(u => u.Id).OrderDescending().Take((int)Math.Min(-offset, int.MaxValue)).LastOrDefault();
        foreach (var chat in _chats.Keys.ToArray())
        {
            Remove(chat, u => u.Id < oldest);
        }
    }

    private void Remove(long chat, Predicate<PendingUpdate> which)
    {
        if (_chats.TryGetValue(chat, out var waiting) && waiting.RemoveAll(which) > 0 && waiting is [])
        {
            _chats.Remove(chat);
        }
    }
}
