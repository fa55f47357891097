using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fiko.WebApi.Sandbox.Instagram;

/// <summary>A professional account: its threads (those used last), and what an app hears of them.</summary>
internal sealed class SandboxAccount(string id, SandboxOptions limits, TimeProvider time, EventQueues queues, SandboxHabits habits, SandboxAddress address)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<SandboxThread>> _threads = [];
    private readonly LinkedList<SandboxThread> _byUse = [];

    /// <summary>The number that webhooks call the account by.</summary>
    public string Id => id;

    /// <summary>What `me` calls `id`: another number than the webhooks' (developers.facebook.com/docs/instagram-platform/reference/me).</summary>
    public string AppScopedId => $"7{id}";

    /// <summary>The Facebook page that the account is linked to, where it is reached through one.</summary>
    public string PageId => $"1{id}";

    public string Username => $"sandbox.{id}";

    public EchoHabits Echoes => habits.Echoes;

    /// <summary>The webhook fields that the app subscribed to; of others it hears nothing.</summary>
    public IReadOnlyList<string> Subscribed { get; set; } = [];

    public bool Is(string name) => name == "me" || name == Id || name == AppScopedId || name == PageId;

    /// <summary>Null for somebody who never wrote: a business cannot begin a thread.</summary>
    public SandboxThread? Find(string customer)
    {
        lock (_gate)
        {
            if (!_threads.TryGetValue(customer, out var node))
            {
                return null;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value;
        }
    }

    public SandboxThread Open(string customer)
    {
        lock (_gate)
        {
            if (Find(customer) is { } known)
            {
                return known;
            }

            if (_threads.Count >= limits.ChatsPerBot && _byUse.Last is { } oldest)
            {
                _threads.Remove(oldest.Value.Customer.Id);
                _byUse.RemoveLast();
            }

            _threads[customer] = _byUse.AddFirst(new SandboxThread(this, new InstagramPerson(customer), limits.MessagesPerChat, time));
            return _threads[customer].Value;
        }
    }

    public InstagramPerson[] Customers()
    {
        lock (_gate)
        {
            return [.. _byUse.Select(t => t.Customer)];
        }
    }

    public string Absolute(string path) => new Uri(address.Http ?? new Uri("http://localhost"), path).ToString();

    /// <returns>Ends when the event was accepted, given up, or not wanted in the first place.</returns>
    public Task Tell(string field, string customer, JsonObject item, TimeSpan delay = default)
    {
        if (!Hears(field))
        {
            return Task.CompletedTask;
        }

        var envelope = new JsonObject
        {
            ["object"] = "instagram",
            ["entry"] = new JsonArray(new JsonObject
            {
                ["id"] = id,
                ["time"] = time.GetUtcNow().ToUnixTimeMilliseconds(),
                ["messaging"] = new JsonArray(item),
            }),
        };

        // The serializer's own escapes are what Meta sends: no byte beyond ASCII.
        return queues.Post($"{id}/{customer}", JsonSerializer.SerializeToUtf8Bytes(envelope), delay);
    }

    // Meta's pages name the field of edits in the singular and in the plural.
    private bool Hears(string field) => Subscribed.Contains(field) || (field == "message_edit" && Subscribed.Contains("message_edits"));
}
