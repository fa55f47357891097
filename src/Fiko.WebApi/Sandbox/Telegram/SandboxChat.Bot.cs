using System.Text.Json.Nodes;
using Fiko.WebApi.Sandbox.Telegram.Media;

namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>What the bot does in the chat.</summary>
internal sealed partial class SandboxChat
{
    private const string NotModified =
        "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message";

    // Telegram shows "typing" for five seconds or until the bot's next message.
    private static readonly TimeSpan TypingShown = TimeSpan.FromSeconds(5);

    // core.telegram.org/bots/api#deletemessage.
    private static readonly TimeSpan Deletable = TimeSpan.FromHours(48);

    private long? _movedTo;

    /// <param name="contents">More than one: an album.</param>
    /// <param name="reply">What it answers.</param>
    /// <param name="to">The id that the bot knows the chat by.</param>
    public JsonObject[] Answer(IReadOnlyList<SandboxContent> contents, ReplyWish reply, long to)
    {
        lock (_gate)
        {
            RefuseIfBlocked();
            RefuseIfMoved(to);
            if (reply.Message is { } original && _log.Find(original) is null)
            {
                reply = reply.EvenWithout ? ReplyWish.None : throw BotRefusal.BadRequest("message to be replied not found");
            }

            _typingUntil = default;
            return [.. contents.Select(c => Wire(_log.Add(null, c, reply.Message)))];
        }
    }

    /// <param name="message">Which.</param>
    /// <param name="words">The new ones; none takes a caption away.</param>
    /// <param name="isText">False for a caption.</param>
    public JsonObject EditAnswer(int message, string? words, bool isText)
    {
        lock (_gate)
        {
            RefuseIfBlocked();
            var found = _log.Find(message) ?? throw BotRefusal.BadRequest("message to edit not found");
            return found.Sender is not null ? throw BotRefusal.BadRequest("message can't be edited")
                : isText != found.Content.Kind is SandboxContent.TextKind ? throw BotRefusal.BadRequest($"there is no {(isText ? "text" : "caption")} in the message to edit")
                : found.Content.Text == words ? throw BotRefusal.BadRequest(NotModified)
                : Wire(_log.Rewrite(found, words));
        }
    }

    /// <returns>False where there is nothing to delete.</returns>
    public bool Delete(int message)
    {
        lock (_gate)
        {
            if (_log.Find(message) is not { } found)
            {
                return false;
            }

            if (time.GetUtcNow() - found.Date > Deletable)
            {
                throw BotRefusal.BadRequest("message can't be deleted for everyone");
            }

            _log.Erase(found);
            return true;
        }
    }

    public void ReactAsBot(int message, string? emoji)
    {
        lock (_gate)
        {
            RefuseIfBlocked();
            _log.Replace((_log.Find(message) ?? throw BotRefusal.BadRequest("message to react not found")) with { BotReaction = emoji });
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

    /// <summary>getChat, without the picture.</summary>
    public JsonObject Describe()
    {
        lock (_gate)
        {
            var shape = Shape();
            shape["accent_color_id"] = 0;
            shape["max_reaction_count"] = 11;
            return shape;
        }
    }

    /// <summary>The customer's picture; everybody has one until they take it down.</summary>
    public SandboxFile? Picture(SandboxFiles files)
    {
        lock (_gate)
        {
            // One that was forgotten for newer files is no picture any more: there is a new one.
            return !_hasPicture || _customer is null ? null
                : files.Find(_picture?.Id) is { } kept ? kept.File
                : _picture = files.Keep(MediaKind.Photo, SampleFiles.Jpeg);
        }
    }

    private void RefuseIfBlocked()
    {
        if (_blocked)
        {
            throw BotRefusal.Blocked();
        }
    }

    private void RefuseIfMoved(long to)
    {
        if (_movedTo is not { } moved || to == moved)
        {
            return;
        }

        // A group's old id is gone; a private chat's move is the sandbox's own and told once.
        _movedTo = _isClosed ? moved : null;
        throw BotRefusal.Moved(moved);
    }
}

/// <summary>`reply_parameters`.</summary>
internal sealed record ReplyWish(int? Message, bool EvenWithout)
{
    public static readonly ReplyWish None = new(null, false);

    public static ReplyWish Of(BotParameters parameters) => parameters.Object("reply_parameters") is { } reply
        ? new(int.TryParse(reply["message_id"]?.ToString(), out var message) ? message : null, reply["allow_sending_without_reply"]?.ToString() is "true")
        : None;
}
