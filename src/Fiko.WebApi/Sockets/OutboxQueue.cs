using System.Net.WebSockets;

namespace Fiko.WebApi.Sockets;

/// <summary>What waits for one socket, counted. Answers are counted for themselves.</summary>
internal sealed class OutboxQueue(SocketOptions options)
{
    private readonly LinkedList<Item> _items = [];
    private int _count;
    private int _bytes;
    private int _answers;
    private long _furtherBytes;

    /// <summary>Whether an answer waits, so that another one was asked for before that was read.</summary>
    public bool HoldsAnswer => _answers > 0;

    /// <summary>Whether so much was asked for beyond what was not read yet that nobody can be reading.</summary>
    public bool IsAskedTooMuch => _furtherBytes >= options.SendQueueBytes;

    /// <param name="share">Of the room for what is unasked for.</param>
    public bool IsCrowded(double share) => _count >= options.SendQueueFrames * share || _bytes >= options.SendQueueBytes * share;

    public void Add(Item item)
    {
        _items.AddLast(item);
        Count(item, 1);
    }

    public Item? Take()
    {
        if (_items.First is not { } first)
        {
            return null;
        }

        _items.RemoveFirst();
        Count(first.Value, -1);
        return first.Value;
    }

    /// <summary>Puts the newest of a key in the place of the last one before.</summary>
    public void Replace(Item item)
    {
        // The last of its key: before that one, the newest would be heard first and contradicted afterwards.
        for (var node = _items.Last; node is not null; node = node.Previous)
        {
            if (node.Value.Key == item.Key)
            {
                Count(node.Value, -1);
                node.Value = item;
                Count(item, 1);
                return;
            }
        }
    }

    /// <summary>What passes with the moment goes before a message is refused.</summary>
    /// <returns>Whether there is room now.</returns>
    public bool MakeRoom()
    {
        for (var node = _items.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.Key is not null)
            {
                _items.Remove(node);
                Count(node.Value, -1);
            }

            node = next;
        }

        return !IsCrowded(1);
    }

    public void Clear()
    {
        _items.Clear();
        (_count, _bytes, _answers, _furtherBytes) = (0, 0, 0, 0);
    }

    private void Count(Item item, int sign)
    {
        switch (item.Answer)
        {
            case AnswerKind.None:
                _count += sign;
                _bytes += sign * item.Frame.Length;
                break;
            case AnswerKind.First:
                _answers += sign;
                break;
            case AnswerKind.Further:
                _answers += sign;
                _furtherBytes += sign * item.Frame.Length;
                break;
        }
    }

    /// <summary>A frame, or with a status the closing.</summary>
    /// <param name="Key">Of frames of the moment: which of them replace each other.</param>
    public sealed record Item(ReadOnlyMemory<byte> Frame, string? Key, WebSocketCloseStatus? Status = null, string? Reason = null)
    {
        public AnswerKind Answer { get; init; }
    }

    /// <summary>What a frame answers, if it was asked for.</summary>
    public enum AnswerKind
    {
        None,

        /// <summary>Nothing else that was asked for waited.</summary>
        First,

        /// <summary>Asked for while another one waited.</summary>
        Further,
    }
}
