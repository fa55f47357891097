using System.Text.Json.Nodes;

namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>One chat of a bot: with a customer, or a group (whose id is negative).</summary>
internal sealed class SandboxChat(long bot, long id, UpdateQueue updates, int limit, TimeProvider time)
{
    // Telegram shows "typing" for five seconds or until the bot's next message.
    private static readonly TimeSpan TypingShown = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly List<SandboxMessage> _messages = [];
    private int _lastId = FirstIds.At(time.GetUtcNow());
    private SandboxPerson? _customer;
    private bool _blocked;
    private DateTimeOffset _typingUntil;

    public long Id => id;

    public bool IsGroup => id < 0;

    /// <summary>The customer of a private chat, as last introduced.</summary>
    public SandboxPerson? Customer => _customer;

    public void Introduce(SandboxPerson customer)
    {
        lock (_gate)
        {
            _customer = customer;
        }
    }

    /// <returns>The update's id.</returns>
    public int Say(SandboxPerson sender, SandboxContent content, int? replyTo = null)
    {
        lock (_gate)
        {
            if (_blocked)
            {
                throw new SandboxRefusal(StatusCodes.Status409Conflict, "This customer has blocked the bot: unblock it first.");
            }

            _customer = IsGroup ? null : sender;
            return updates.Add(id, "message", Wire(Keep(sender, content, replyTo)));
        }
    }

    /// <returns>The update's id.</returns>
    public int Edit(int message, string text)
    {
        lock (_gate)
        {
            var index = _messages.FindIndex(m => m.Id == message && !m.Deleted);
            if (index < 0)
            {
                throw new SandboxRefusal(StatusCodes.Status404NotFound, "There is no such message in this chat.");
            }

            if (_messages[index] is not { Sender: not null, Content.Kind: SandboxContent.TextKind })
            {
                throw new SandboxRefusal(StatusCodes.Status400BadRequest, "A customer can edit only own texts.");
            }

            return updates.Add(id, "edited_message", Wire(Rewrite(index, text)));
        }
    }

    /// <returns>The update's id; null where nothing changed.</returns>
    public int? Block(bool blocked)
    {
        lock (_gate)
        {
            if (_blocked == blocked || _customer is not { } customer)
            {
                return null;
            }

            _blocked = blocked;
            return updates.Add(id, "my_chat_member", TelegramShapes.Membership(bot, customer, blocked, time.GetUtcNow()));
        }
    }

    public JsonObject Answer(string text, int? replyTo, bool evenWithoutOriginal)
    {
        lock (_gate)
        {
            RefuseIfBlocked();
            if (replyTo is { } original && Find(original) is null)
            {
                replyTo = evenWithoutOriginal ? null : throw BotRefusal.BadRequest("message to be replied not found");
            }

            _typingUntil = default;
            return Wire(Keep(null, SandboxContent.Of(text), replyTo));
        }
    }

    public JsonObject EditAnswer(int message, string text)
    {
        lock (_gate)
        {
            RefuseIfBlocked();
            var index = _messages.FindIndex(m => m.Id == message && !m.Deleted);
            return index < 0 ? throw BotRefusal.BadRequest("message to edit not found")
                : _messages[index].Sender is not null ? throw BotRefusal.BadRequest("message can't be edited")
                : _messages[index].Content.Text == text ? throw BotRefusal.BadRequest("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
                : Wire(Rewrite(index, text));
        }
    }

    public void Delete(int message)
    {
        lock (_gate)
        {
            var index = _messages.FindIndex(m => m.Id == message && !m.Deleted);
            if (index < 0)
            {
                throw BotRefusal.BadRequest("message to delete not found");
            }

            _messages[index] = _messages[index] with { Deleted = true, Content = SandboxContent.Of("") };
        }
    }

    public void ShowTyping()
    {
        lock (_gate)
        {
            RefuseIfBlocked();
            _typingUntil = time.GetUtcNow() + TypingShown;
        }
    }

    public (SandboxMessage[] Messages, bool Typing, bool Blocked) Look()
    {
        lock (_gate)
        {
            return ([.. _messages], time.GetUtcNow() < _typingUntil, _blocked);
        }
    }

    private SandboxMessage Keep(SandboxPerson? sender, SandboxContent content, int? replyTo)
    {
        if (_messages.Count >= limit)
        {
            _messages.RemoveAt(0);
        }

        var message = new SandboxMessage(++_lastId, sender, content, time.GetUtcNow(), replyTo);
        _messages.Add(message);
        return message;
    }

    private SandboxMessage Rewrite(int index, string text) =>
        _messages[index] = _messages[index] with { Content = SandboxContent.Of(text), EditedAt = time.GetUtcNow() };

    private SandboxMessage? Find(int message) => _messages.Find(m => m.Id == message && !m.Deleted);

    private void RefuseIfBlocked()
    {
        if (_blocked)
        {
            throw BotRefusal.Blocked();
        }
    }

    private JsonObject Wire(SandboxMessage message)
    {
        var chat = _customer is { } customer ? TelegramShapes.PrivateChat(customer) : TelegramShapes.GroupChat(id);
        return TelegramShapes.Message(bot, chat, message, message.ReplyTo is { } original ? Find(original) : null);
    }
}
