using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>The updates of one bot that nobody has taken yet, for its webhook or for getUpdates.</summary>
internal sealed class UpdateQueue(SandboxOptions limits, TimeProvider time, WebhookPump pump, WebhookPosting posting)
{
    // core.telegram.org/bots/api#getupdates, allowed_updates: what comes only where it is asked for by name.
    private static readonly string[] OnlyWhenNamed = ["chat_member", "message_reaction", "message_reaction_count"];

    private readonly Lock _gate = new();
    private readonly PendingUpdates _pending = new(limits, time);
    private readonly HashSet<long> _pumped = [];
    private long _lastCopy = PendingUpdates.FirstCopy;
    private int _lastId = FirstIds.At(time.GetUtcNow());
    private string[] _allowed = [];
    private Webhook? _webhook;
    private (DateTimeOffset At, string Reason)? _failure;
    private TaskCompletionSource<string?>? _poll;

    public bool HasWebhook => _webhook is not null;

    public bool Wants(string kind)
    {
        lock (_gate)
        {
            return _allowed is [] ? !OnlyWhenNamed.Contains(kind) : _allowed.Contains(kind);
        }
    }

    public int Add(long chat, string kind, JsonObject content)
    {
        lock (_gate)
        {
            var update = new JsonObject { ["update_id"] = ++_lastId, [kind] = content };
            if (Wants(kind))
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
                _pending.Clear();
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
                foreach (var queue in _pending.Queues)
                {
                    Pump(queue, TimeSpan.Zero);
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
                ["pending_update_count"] = _pending.Count,
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
            _pending.Confirm(offset);
            var ready = _pending.Ready(limit);
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
            if (_webhook is { } webhook && _pending.First(chat) is { } first)
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
            _pending.Remove(update);
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
        if (_webhook is not null && posting.Copies() is { } copies)
        {
            foreach (var delay in copies)
            {
                // A queue of its own: nothing holds it back, and it holds back nothing.
                var copy = update with { Queue = ++_lastCopy };
                _pending.Add(copy);
                Pump(copy.Queue, delay);
            }

            return;
        }

        _pending.Add(update);
        _poll?.TrySetResult(null);
        Pump(update.Queue, TimeSpan.Zero);
    }

    private void Pump(long queue, TimeSpan delay)
    {
        if (_webhook is not null && _pumped.Add(queue))
        {
            pump.Start(this, queue, delay);
        }
    }

    private PendingUpdate[] Ready(int limit)
    {
        lock (_gate)
        {
            return _pending.Ready(limit);
        }
    }
}
