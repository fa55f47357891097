using System.Globalization;
using System.Text.Json;
using Fiko.Application.Channels;
using Fiko.Domain.Customers;

namespace Fiko.Infrastructure.Channels.Instagram;

/// <summary>
/// Understands one item of Instagram's webhooks (developers.facebook.com/docs/instagram-platform/webhooks). It looks for what it
/// knows and takes the rest for not there: whatever Meta adds costs no message.
/// </summary>
internal static class InstagramReader
{
    private const string Via = "instagram_direct";
    private const int LongestText = 8192;
    private const int LongestEmoji = 32;

    public static UpdateIdentity Identify(string body)
    {
        using var document = JsonText.TryParse(body);
        return First(document) is { } item ? InstagramIdentity.Of(item) : new UpdateIdentity(InstagramIdentity.Hash(body), "");
    }

    public static InboundNews Read(string body)
    {
        using var document = JsonText.TryParse(body);
        return document is null ? new NotUnderstood("Not JSON")
            : First(document) is not { } item ? new NotUnderstood("An envelope without an item")
            : Read(item);
    }

    /// <summary>Comments and mentions come as changes, too; messages do from the dashboard's test button.</summary>
    public static bool IsMessaging(string field) => field.StartsWith("messag", StringComparison.Ordinal) || field is "standby";

    private static InstagramItem? First(JsonDocument? document) =>
        document is null ? null : InstagramEnvelope.Items(document.RootElement, _ => { }).Select(i => (InstagramItem?)i.Item).FirstOrDefault();

    private static InboundNews Read(InstagramItem item)
    {
        if (item.Field is { } field && !IsMessaging(field))
        {
            return new NothingToDo($"A change of {Name(field)}");
        }

        if (item.Value.ValueKind is not JsonValueKind.Object)
        {
            return new NotUnderstood("An item that is no object");
        }

        // The numbers that the dashboard's test button uses.
        if (item is { Account: "0" } or { Sender: "12334", Recipient: "23245" })
        {
            return new NothingToDo("A test of the dashboard");
        }

        var value = item.Value;
        return value.Object("message") is { } message ? ReadMessage(item, message)
            : value.Object("message_edit") is { } edit ? ReadEdit(item, edit)
            : value.Object("reaction") is { } reaction ? ReadReaction(item, reaction)
            : value.Object("read") is { } read ? ReadReceipt(item, read)
            : value.Object("postback") is { } postback ? ReadPostback(item, postback)
            : ReadOther(value);
    }

    private static InboundNews ReadMessage(InstagramItem item, JsonElement message)
    {
        if (message.IsTrue("is_self"))
        {
            return new NothingToDo("A message of the account to itself");
        }

        var mid = InstagramIdentity.Mid(message);
        if (message.IsTrue("is_deleted"))
        {
            return mid is null ? new NotUnderstood("A withdrawal without an id") : new MessageWithdrawn(item.Customer ?? "", mid);
        }

        if (item.Customer is not { } customer || customer == item.Account)
        {
            return new NotUnderstood("A message without a customer");
        }

        // Without an id of its own it is known by all that it says; nothing can refer to it, but it is not lost.
        mid ??= InstagramIdentity.Hash(item.Value);
        var content = InstagramContent.Of(message);
        var replyTo = message.Object("reply_to") is { } original ? InstagramIdentity.Mid(original) : null;
        return item.FromAccount
            ? new BusinessWrote(customer, mid, content.Kind, content.Content, content.Text, Via)
            {
                Caption = content.Caption,
                Files = content.Files,
                ReplyTo = replyTo,
                At = item.At,
            }
            : new CustomerWrote(customer, new CustomerProfile(""), mid, content.Kind, content.Content, replyTo)
            {
                Caption = content.Caption,
                Files = content.Files,
                At = item.At,
            };
    }

    // Real ones name nobody. The one with the number 0 comes along with the message itself.
    private static InboundNews ReadEdit(InstagramItem item, JsonElement edit)
    {
        if (InstagramIdentity.Mid(edit) is not { } mid)
        {
            return new NotUnderstood("An edit without an id");
        }

        var number = long.TryParse(edit.Integer("num_edit") ?? edit.Text("num_edit"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : (long?)null;
        if (number is 0)
        {
            return new NothingToDo("The first state of a message");
        }

        return edit.Text("text") is { } text && !string.IsNullOrWhiteSpace(text)
            ? new CustomerEdited(item.Customer ?? "", mid, PlainText.Cut(text, LongestText), number ?? 1) { IsWordsAlone = true }
            : new NotUnderstood("An edit without a text");
    }

    private static InboundNews ReadReaction(InstagramItem item, JsonElement reaction)
    {
        if (item.FromAccount)
        {
            return new NothingToDo("A reaction of the account itself");
        }

        if (InstagramIdentity.Mid(reaction) is not { } mid)
        {
            return new NotUnderstood("A reaction without an id");
        }

        var (chat, order) = (item.Customer ?? "", item.Milliseconds ?? 0);
        return reaction.Text("action") switch
        {
            "unreact" => new CustomerReacted(chat, mid, null, order),
            "react" or null => new CustomerReacted(
                chat, mid, PlainText.Clean(reaction.Text("emoji"), LongestEmoji) ?? InstagramReactions.EmojiOf(reaction.Text("reaction")), order),
            _ => new NotUnderstood("A reaction of an unknown action"),
        };
    }

    private static InboundNews ReadReceipt(InstagramItem item, JsonElement read) =>
        item.FromAccount ? new NothingToDo("The account itself has read")
        : InstagramIdentity.Mid(read) is { } mid ? new CustomerRead(item.Customer ?? "", mid)
        : new NotUnderstood("A receipt without an id");

    private static InboundNews ReadPostback(InstagramItem item, JsonElement postback)
    {
        if (item.Customer is not { } customer || customer == item.Account)
        {
            return new NotUnderstood("A button without a customer");
        }

        if (item.FromAccount)
        {
            return new NothingToDo("A button of the account itself");
        }

        // Old versions give it no id. The ids of an account count for all its customers, so that the time alone would not do.
        var id = InstagramIdentity.Mid(postback)
            ?? (item.Milliseconds is { } at ? string.Create(CultureInfo.InvariantCulture, $"postback:{customer}:{at}") : InstagramIdentity.Hash(item.Value));
        var title = PlainText.Clean(postback.Text("title"), LongestText) ?? PlainText.Clean(postback.Text("payload"), LongestText) ?? "[button]";
        return new CustomerWrote(customer, new CustomerProfile(""), id, "postback", title) { At = item.At };
    }

    private static InboundNews ReadOther(JsonElement value)
    {
        var kind = value.EnumerateObject().Select(p => p.Name).FirstOrDefault(name => name is not ("sender" or "recipient" or "timestamp"));
        return kind switch
        {
            null => new NothingToDo("An empty item"),
            "message" or "message_edit" or "reaction" or "read" or "postback" => new NotUnderstood($"A {kind} that is no object"),
            _ => new NothingToDo($"An item of kind {Name(kind)}"),
        };
    }

    private static string Name(string text) => PlainText.Clean(text, 64) ?? "no name";
}
