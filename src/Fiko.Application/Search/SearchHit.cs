using System.Text.Json.Serialization;
using Fiko.Application.Conversations;
using Fiko.Application.Messaging;

namespace Fiko.Application.Search;

/// <summary>One thing that was found (rest.md, Search): a message with its customer, or a customer.</summary>
/// <param name="Type"><c>message</c> or <c>customer</c>.</param>
/// <param name="CreatedAt">What the hits are sorted by, newest first.</param>
/// <param name="ConversationId">Of a message; null for a customer.</param>
/// <param name="Message">The message that was found; null for a customer.</param>
/// <param name="Customer">The customer that was found, or whose conversation it is.</param>
/// <param name="Match">The part that was looked for.</param>
public sealed record SearchHit(
    [property: JsonIgnore] long Key,
    string Type,
    DateTimeOffset CreatedAt,
    string? ConversationId,
    MessageView? Message,
    ListedCustomer Customer,
    SearchExcerpt Match)
{
    public const string OfMessage = "message";

    public const string OfCustomer = "customer";
}
