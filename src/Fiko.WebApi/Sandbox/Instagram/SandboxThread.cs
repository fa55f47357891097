using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Fiko.WebApi.Sandbox.Instagram;

/// <summary>The messages between a customer and an account. What the customer does is here, what the business does beside it.</summary>
internal sealed partial class SandboxThread(SandboxAccount account, InstagramPerson customer, int limit, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly List<ThreadMessage> _messages = [];
    private InstagramPerson _customer = customer;
    private DateTimeOffset? _lastWord;
    private long _lastTimestamp;
    private bool _blocked;
    private string? _readUpTo;

    public InstagramPerson Customer => _customer;

    /// <summary>Whether the person ever wrote: only then the business may see their profile.</summary>
    public bool HasProfile
    {
        get
        {
            lock (_gate)
            {
                return _lastWord is not null && !_blocked;
            }
        }
    }

    /// <summary>A person who wrote before this server started.</summary>
    public void Introduce(InstagramPerson person, DateTimeOffset lastWord)
    {
        lock (_gate)
        {
            (_customer, _lastWord) = (person, lastWord);
        }
    }

    public ThreadMessage Say(InstagramPerson sender, InstagramContent content)
    {
        lock (_gate)
        {
            RefuseIfBlocked();
            if (content.ReplyTo is { } original)
            {
                Find(original);
            }

            _customer = sender;
            var message = Keep(new ThreadMessage(NewMid(), false, content, time.GetUtcNow()));
            (_lastWord, _seen) = (message.Date, false);
            Tell("messages", "message", InstagramShapes.Message(message, account.Absolute));

            // Meta sends this too, and without a sender: an edit that is none.
            account.Tell("message_edit", _customer.Id, new() { ["timestamp"] = Now(), ["message_edit"] = InstagramShapes.Edit(message.Mid, null, 0) });
            return message;
        }
    }

    /// <summary>Presses a button or an icebreaker.</summary>
    public ThreadMessage Press(InstagramPerson sender, string title, string payload)
    {
        lock (_gate)
        {
            RefuseIfBlocked();
            _customer = sender;
            var message = Keep(new ThreadMessage(NewMid(), false, new("postback", title), time.GetUtcNow()));
            (_lastWord, _seen) = (message.Date, false);
            Tell("messaging_postbacks", "postback", new() { ["mid"] = message.Mid, ["title"] = title, ["payload"] = payload });
            return message;
        }
    }

    public ThreadMessage Edit(string mid, string text)
    {
        lock (_gate)
        {
            RefuseIfBlocked();
            var message = Find(mid);
            if (message is not { FromBusiness: false, Content.Kind: InstagramContent.TextKind })
            {
                throw new SandboxRefusal(StatusCodes.Status400BadRequest, "A customer can edit only own texts.");
            }

            var edited = Replace(message, message with { Content = message.Content with { Text = text }, Edits = message.Edits + 1 });
            account.Tell("message_edit", _customer.Id, new() { ["timestamp"] = Now(), ["message_edit"] = InstagramShapes.Edit(mid, text, edited.Edits) });
            return edited;
        }
    }

    public ThreadMessage Delete(string mid)
    {
        lock (_gate)
        {
            RefuseIfBlocked();
            var message = Find(mid);
            if (message.FromBusiness)
            {
                throw new SandboxRefusal(StatusCodes.Status400BadRequest, "A customer can unsend only own messages.");
            }

            var deleted = Replace(message, message with { Content = new(message.Content.Kind), Deleted = true });
            Tell("messages", "message", InstagramShapes.Deleted(mid));
            return deleted;
        }
    }

    /// <param name="mid">Of a message of either side.</param>
    /// <param name="emoji">Null takes the reaction back.</param>
    public ThreadMessage React(string mid, string? emoji)
    {
        lock (_gate)
        {
            RefuseIfBlocked();
            var message = Find(mid);
            var reacted = Replace(message, message with { CustomersReaction = emoji });
            Tell("message_reactions", "reaction", InstagramShapes.Reaction(mid, emoji));
            return reacted;
        }
    }

    /// <summary>The customer has the thread open. Null where there is nothing new to be read.</summary>
    public ThreadMessage? Read()
    {
        lock (_gate)
        {
            if (_messages.FindLast(m => m.FromBusiness && !m.Deleted) is not { } newest || newest.Mid == _readUpTo)
            {
                return null;
            }

            _readUpTo = newest.Mid;
            Tell("messaging_seen", "read", new() { ["mid"] = newest.Mid });
            return newest;
        }
    }

    /// <summary>Meta posts nothing about it: the business learns it from its next message.</summary>
    public void Block(bool blocked)
    {
        lock (_gate)
        {
            _blocked = blocked;
        }
    }

    private ThreadMessage Find(string mid) => _messages.Find(m => m.Mid == mid && !m.Deleted)
        ?? throw new SandboxRefusal(StatusCodes.Status404NotFound, "There is no such message in this thread.");

    private ThreadMessage Keep(ThreadMessage message)
    {
        if (_messages.Count >= limit)
        {
            _messages.RemoveAt(0);
        }

        _messages.Add(message);
        return message;
    }

    private ThreadMessage Replace(ThreadMessage old, ThreadMessage changed) => _messages[_messages.IndexOf(old)] = changed;

    private void Tell(string field, string kind, JsonObject content) => account.Tell(field, _customer.Id, new JsonObject
    {
        ["sender"] = new JsonObject { ["id"] = _customer.Id },
        ["recipient"] = new JsonObject { ["id"] = account.Id },
        ["timestamp"] = Now(),
        [kind] = content,
    });

    // Rises with each event, so that the order of a thread can be told from it even within one millisecond.
    private long Now() => _lastTimestamp = Math.Max(_lastTimestamp + 1, time.GetUtcNow().ToUnixTimeMilliseconds());

    // As long as real ones are, and as picky about case; the random part keeps them apart over a restart.
    private string NewMid()
    {
        var name = $"ig_dm_item:1:IGMessageID:{account.Id}:{_customer.Id}:".PadRight(91, '0')[..91];
        return Base64Url.EncodeToString(Encoding.ASCII.GetBytes(name + RandomNumberGenerator.GetHexString(32)));
    }

    private void RefuseIfBlocked()
    {
        if (_blocked)
        {
            throw new SandboxRefusal(StatusCodes.Status409Conflict, "This customer has blocked the account: unblock it first.");
        }
    }
}
