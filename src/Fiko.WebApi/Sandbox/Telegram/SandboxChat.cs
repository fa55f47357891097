using System.Text.Json.Nodes;
using Fiko.WebApi.Sandbox.Telegram.Media;

namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>One chat of a bot: with a customer, or a group (whose id is negative). Here is what the customers do.</summary>
internal sealed partial class SandboxChat(long bot, long id, UpdateQueue updates, int limit, TimeProvider time)
{
    /// <summary>From here downwards: a group that has become a supergroup.</summary>
    public const long FirstSupergroup = -1_000_000_000_000;

    private readonly Lock _gate = new();
    private readonly MessageLog _log = new(limit, time);
    private long? _newId;
    private SandboxPerson? _customer;
    private SandboxFile? _picture;
    private bool _hasPicture = true;
    private bool _blocked;
    private bool _isClosed;
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

    public Said Say(SandboxPerson sender, SandboxContent content, int? replyTo = null) => Say(sender, [content], replyTo);

    /// <summary>An album is several messages, and an update for each.</summary>
    public Said Say(SandboxPerson sender, IReadOnlyList<SandboxContent> contents, int? replyTo)
    {
        lock (_gate)
        {
            RefuseIfMute();
            _customer = IsGroup ? null : sender;
            SandboxMessage[] messages = [.. contents.Select(c => _log.Add(sender, c, replyTo))];
            return new(messages.Select(m => updates.Add(id, "message", Wire(m))).ToArray()[^1], [.. messages.Select(m => m.Id)], contents[0].Album);
        }
    }

    public Said Edit(int message, EditBody words)
    {
        lock (_gate)
        {
            RefuseIfMute();
            var found = Known(message);
            if (found.Sender is null || found.Content.Kind is SandboxContent.ServiceKind)
            {
                throw new SandboxRefusal(StatusCodes.Status400BadRequest, "A customer can edit only own messages.");
            }

            var text = found.Content.Kind is SandboxContent.TextKind ? CustomerEndpoints.TextOf(words.Text) : CustomerEndpoints.CaptionOf(words.Caption);
            return new(updates.Add(id, "edited_message", Wire(_log.Rewrite(found, text))), [message]);
        }
    }

    /// <summary>Bots hear nothing of it (core.telegram.org/bots/api#update has no such kind); replies to it fail.</summary>
    public void Withdraw(int message)
    {
        lock (_gate)
        {
            _log.Erase(Known(message));
        }
    }

    /// <returns>Null where nothing changed.</returns>
    public Said? React(int message, string? emoji)
    {
        lock (_gate)
        {
            RefuseIfMute();
            if (!updates.Wants("message_reaction"))
            {
                throw new SandboxRefusal(StatusCodes.Status409Conflict, "The bot's allowed_updates do not name message_reaction: Telegram would tell it nothing.");
            }

            var found = Known(message);
            if (found.CustomerReaction == emoji || _customer is not { } customer)
            {
                return null;
            }

            _log.Replace(found with { CustomerReaction = emoji });
            return new(updates.Add(id, "message_reaction", TelegramShapes.Reaction(Shape(), message, customer, found.CustomerReaction, emoji, time.GetUtcNow())), [message]);
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
            return updates.Add(id, "my_chat_member", TelegramShapes.Membership(bot, Shape(), customer, blocked, time.GetUtcNow()));
        }
    }

    /// <summary>The group's last message: it goes on as the supergroup of the given id.</summary>
    public Said Close(SandboxPerson by, long movedTo)
    {
        lock (_gate)
        {
            RefuseIfMute();
            var said = Say(by, SandboxContent.Service("migrate_to_chat_id", movedTo));
            (_movedTo, _isClosed) = (movedTo, true);
            return said;
        }
    }

    /// <summary>The chat goes on under another id, of which the bot learns by its next send to the old one.</summary>
    public void Move(long to)
    {
        lock (_gate)
        {
            (_movedTo, _newId) = (to, to);
        }
    }

    public void Show(SandboxFile? picture)
    {
        lock (_gate)
        {
            (_picture, _hasPicture) = (picture, picture is not null);
        }
    }

    public ChatSight Look()
    {
        lock (_gate)
        {
            return new(_log.All(), time.GetUtcNow() < _typingUntil, _blocked);
        }
    }

    private SandboxMessage Known(int message) =>
        _log.Find(message) ?? throw new SandboxRefusal(StatusCodes.Status404NotFound, "There is no such message in this chat.");

    private void RefuseIfMute()
    {
        if (_blocked)
        {
            throw new SandboxRefusal(StatusCodes.Status409Conflict, "This customer has blocked the bot: unblock it first.");
        }

        if (_isClosed)
        {
            throw new SandboxRefusal(StatusCodes.Status409Conflict, $"This group has become a supergroup: write in {_movedTo}.");
        }
    }

    private JsonObject Shape() => _customer is { } customer ? TelegramShapes.PrivateChat(customer, _newId ?? id) : TelegramShapes.GroupChat(id);

    private JsonObject Wire(SandboxMessage message) =>
        TelegramShapes.Message(bot, Shape(), message, message.ReplyTo is { } original ? _log.Find(original) : null);
}

/// <summary>What became of something a customer did: the (last) update's id and the messages it was about.</summary>
internal sealed record Said(int UpdateId, int[] Messages, string? Album = null);

internal sealed record ChatSight(SandboxMessage[] Messages, bool Typing, bool Blocked);
