namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>A bot: its chats (those used last) and its updates.</summary>
internal sealed class SandboxBot(long id, SandboxOptions limits, TimeProvider time, WebhookPump pump)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, LinkedListNode<SandboxChat>> _chats = [];
    private readonly LinkedList<SandboxChat> _byUse = [];

    public long Id => id;

    public UpdateQueue Updates { get; } = new(limits, time, pump);

    /// <summary>Null for somebody who never wrote: a bot cannot begin a chat.</summary>
    public SandboxChat? Find(long chat)
    {
        lock (_gate)
        {
            if (!_chats.TryGetValue(chat, out var node))
            {
                return null;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value;
        }
    }

    public SandboxChat Open(long chat)
    {
        lock (_gate)
        {
            if (Find(chat) is { } known)
            {
                return known;
            }

            if (_chats.Count >= limits.ChatsPerBot && _byUse.Last is { } oldest)
            {
                _chats.Remove(oldest.Value.Id);
                _byUse.RemoveLast();
            }

            _chats[chat] = _byUse.AddFirst(new SandboxChat(id, chat, Updates, limits.MessagesPerChat, time));
            return _chats[chat].Value;
        }
    }

    /// <summary>The person as known from their own chat with the bot.</summary>
    public SandboxPerson Person(long customer) => Find(customer)?.Customer ?? SandboxPerson.Unnamed(customer);

    public SandboxPerson[] Customers()
    {
        lock (_gate)
        {
            return [.. _byUse.Select(c => c.Customer).OfType<SandboxPerson>()];
        }
    }
}
