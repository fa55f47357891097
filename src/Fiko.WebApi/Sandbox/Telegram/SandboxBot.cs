using Fiko.WebApi.Sandbox.Telegram.Media;

namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>A bot: its chats (those used last) and its updates.</summary>
internal sealed class SandboxBot(long id, SandboxOptions limits, TimeProvider time, WebhookPump pump, WebhookPosting posting)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, LinkedListNode<SandboxChat>> _chats = [];
    private readonly LinkedList<SandboxChat> _byUse = [];
    private readonly Dictionary<long, long> _moved = [];

    public long Id => id;

    public UpdateQueue Updates { get; } = new(limits, time, pump, posting);

    public SandboxFiles Files { get; } = new(limits.FileBytesPerBot);

    /// <summary>Null for somebody who never wrote: a bot cannot begin a chat.</summary>
    public SandboxChat? Find(long chat)
    {
        lock (_gate)
        {
            if (!_chats.TryGetValue(_moved.GetValueOrDefault(chat, chat), out var node))
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
                foreach (var (to, _) in _moved.Where(m => m.Value == oldest.Value.Id).ToArray())
                {
                    _moved.Remove(to);
                }
            }

            _chats[chat] = _byUse.AddFirst(new SandboxChat(id, chat, Updates, limits.MessagesPerChat, time));
            return _chats[chat].Value;
        }
    }

    /// <summary>The chat is found under the new id too, and calls itself by it.</summary>
    public void Move(SandboxChat chat, long to)
    {
        lock (_gate)
        {
            if (Find(to) is not null)
            {
                throw new SandboxRefusal(StatusCodes.Status409Conflict, "There is a chat with this id already.");
            }

            _moved[to] = chat.Id;
            chat.Move(to);
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
