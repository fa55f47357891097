namespace Fiko.Application.Channels;

/// <summary>Tells a platform's customer that somebody types, or stopped; drops what comes too often or can't be sent.</summary>
public interface ITypingSignals
{
    void Typing(long conversationId, bool isTyping);
}
