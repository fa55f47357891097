using System.Globalization;
using Fiko.Application.Channels;
using Fiko.Domain.Conversations;
using Fiko.Domain.Shared;

namespace Fiko.Application.Messaging;

/// <summary>Whether a customer may still be answered: known before anything is sent, and said with the time.</summary>
internal static class AnswerWindows
{
    /// <exception cref="RuleBrokenException"><c>window_closed</c>, with the time at which it closed.</exception>
    public static void MustBeOpen(Conversation conversation, IChannel? channel, DateTimeOffset now)
    {
        if (Closed(conversation, channel, now) is { } closed)
        {
            throw new RuleBrokenException("window_closed", closed);
        }
    }

    /// <summary>Null while a person may answer; else the refusal in words.</summary>
    public static string? Closed(Conversation conversation, IChannel? channel, DateTimeOffset now)
    {
        if (channel?.Window is not { } window || conversation.ReplyUntil is not { } free)
        {
            return null;
        }

        var end = free - window.Free + window.ByAPerson;
        return now <= end ? null : string.Create(
            CultureInfo.InvariantCulture, $"The time to answer ended at {end.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}; it begins again when the customer writes");
    }
}
