namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>The newest messages of a chat; whoever holds it keeps others out.</summary>
internal sealed class MessageLog(int limit, TimeProvider time)
{
    private readonly List<SandboxMessage> _messages = [];
    private int _lastId = FirstIds.At(time.GetUtcNow());

    public SandboxMessage Add(SandboxPerson? sender, SandboxContent content, int? replyTo)
    {
        if (_messages.Count >= limit)
        {
            _messages.RemoveAt(0);
        }

        var message = new SandboxMessage(++_lastId, sender, content, time.GetUtcNow(), replyTo);
        _messages.Add(message);
        return message;
    }

    public SandboxMessage? Find(int id) => _messages.Find(m => m.Id == id && !m.Deleted);

    public SandboxMessage Replace(SandboxMessage changed)
    {
        _messages[_messages.FindIndex(m => m.Id == changed.Id)] = changed;
        return changed;
    }

    public SandboxMessage Rewrite(SandboxMessage message, string? text)
    {
        // What is marked in the old words is not in the new ones.
        var fields = message.Content.Fields?.DeepClone().AsObject();
        fields?.Remove("entities");
        return Replace(message with { Content = message.Content with { Text = text, Fields = fields }, EditedAt = time.GetUtcNow() });
    }

    public void Erase(SandboxMessage message) =>
        Replace(message with { Deleted = true, Content = SandboxContent.Of(""), CustomerReaction = null, BotReaction = null });

    public SandboxMessage[] All() => [.. _messages];
}
