using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Fiko.Domain.Customers;

namespace Fiko.UnitTests.Conversations;

/// <summary>A conversation with Ali on Telegram, and short ways to let things happen in it.</summary>
internal static class Talk
{
    public static readonly DateTimeOffset Noon = new(2030, 1, 2, 12, 0, 0, TimeSpan.Zero);

    public static Conversation New()
    {
        var channel = new ChannelAccount(7, ChannelName.Telegram, "Shop", "shop_bot", "100", Noon);
        return new Conversation(channel, new Customer(7, ChannelName.Telegram, new CustomerProfile("Ali", "Karimi", "ali"), Noon), "555", Noon);
    }

    public static Message Hear(this Conversation conversation, string text = "سلام") =>
        conversation.Receive(new IncomingMessage(Message.Text, text, "1"), Noon);

    /// <summary>Accepted, in as many parts as there are texts, and nothing of it settled yet.</summary>
    public static Message Say(this Conversation conversation, params string[] parts) =>
        conversation.Answer(new OutgoingMessage(string.Concat(parts), SenderId: 1), parts.Select(p => new OutgoingPiece(p)), Noon);

    /// <summary>What was told since the last look, by type: ids are given by the database only.</summary>
    public static Type[] News(this Conversation conversation) => [.. conversation.TakeEvents().Select(e => e.GetType())];

    /// <summary>Everything so far is old news.</summary>
    public static void Forget(this Conversation conversation) => conversation.TakeEvents();
}
