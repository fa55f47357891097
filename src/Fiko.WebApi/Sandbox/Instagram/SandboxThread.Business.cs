using System.Text.Json.Nodes;

namespace Fiko.WebApi.Sandbox.Instagram;

/// <summary>What the business does in a thread: through the Graph API, or in the Instagram app.</summary>
internal sealed partial class SandboxThread
{
    public const string HumanAgent = "HUMAN_AGENT";

    // developers.facebook.com/docs/messenger-platform/policy/policy-overview
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);
    private static readonly TimeSpan TaggedWindow = TimeSpan.FromDays(7);

    // Not documented; about what is seen in the app.
    private static readonly TimeSpan TypingShown = TimeSpan.FromSeconds(20);

    private DateTimeOffset _typingUntil;
    private bool _seen;

    /// <summary>Refuses what Meta would not take from the business now.</summary>
    public void RefuseIfClosed(string? tag)
    {
        lock (_gate)
        {
            if (_lastWord is not { } last)
            {
                throw new GraphRefusal(GraphErrors.NoSuchUser());
            }

            if (_blocked)
            {
                throw new GraphRefusal(GraphErrors.Blocked());
            }

            if (time.GetUtcNow() - last > (tag == HumanAgent ? TaggedWindow : Window))
            {
                throw new GraphRefusal(GraphErrors.OutsideWindow());
            }
        }
    }

    /// <summary>A message by the API is taken, and comes back as an echo.</summary>
    public (ThreadMessage Message, Task Echo) Take(InstagramContent content, string? tag)
    {
        lock (_gate)
        {
            RefuseIfClosed(tag);
            return KeepOwn(content, tag, account.Echoes);
        }
    }

    /// <summary>The owner answers in the Instagram app: the echo is all that tells of it, so it always comes.</summary>
    public ThreadMessage WriteInApp(InstagramContent content)
    {
        lock (_gate)
        {
            return KeepOwn(content, null, account.Echoes with { Enabled = true }).Message;
        }
    }

    public void ShowTyping(bool typing)
    {
        lock (_gate)
        {
            _typingUntil = typing ? time.GetUtcNow() + TypingShown : default;
        }
    }

    public void MarkSeen()
    {
        lock (_gate)
        {
            _seen = true;
        }
    }

    /// <summary>Nothing tells the app of its own reactions.</summary>
    public void ReactAsBusiness(string mid, string? emoji)
    {
        lock (_gate)
        {
            var message = _messages.Find(m => m.Mid == mid && !m.Deleted) ?? throw new GraphRefusal(GraphErrors.Parameter("Invalid message id"));
            Replace(message, message with { BusinessReaction = emoji });
        }
    }

    public ThreadView Look()
    {
        lock (_gate)
        {
            return new(
                [.. _messages.Select(ThreadView.Item.Of)],
                time.GetUtcNow() < _typingUntil, _blocked, _seen, _readUpTo, _lastWord + Window, _lastWord + TaggedWindow);
        }
    }

    private (ThreadMessage Message, Task Echo) KeepOwn(InstagramContent content, string? tag, EchoHabits echoes)
    {
        _typingUntil = default;
        var message = Keep(new ThreadMessage(NewMid(), true, content, time.GetUtcNow()) { Tag = tag });
        if (!echoes.Enabled)
        {
            return (message, Task.CompletedTask);
        }

        return (message, account.Tell("messages", _customer.Id, new JsonObject
        {
            ["sender"] = new JsonObject { ["id"] = account.Id },
            ["recipient"] = new JsonObject { ["id"] = _customer.Id },
            ["timestamp"] = Now(),
            ["message"] = InstagramShapes.Message(message, account.Absolute),
        }, TimeSpan.FromMilliseconds(echoes.DelayMs)));
    }
}
