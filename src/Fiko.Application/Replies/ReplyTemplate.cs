using System.Text.RegularExpressions;
using Fiko.Domain.Shared;

namespace Fiko.Application.Replies;

/// <summary>The places in a canned reply: <c>{{customer.first_name}}</c>, or <c>{{customer.first_name|there}}</c> with words for when it is not known.</summary>
internal static partial class ReplyTemplate
{
    /// <summary>All that can be filled in.</summary>
    public static readonly IReadOnlyList<string> Variables =
    [
        "customer.first_name", "customer.last_name", "customer.username", "agent.first_name", "agent.last_name", "conversation.id", "conversation.source",
    ];

    /// <returns>The first variable that there is not; null where all are right.</returns>
    public static string? UnknownIn(string text) =>
        Place().Matches(text).Select(m => m.Groups["name"].Value.Trim()).FirstOrDefault(name => !Variables.Contains(name));

    /// <exception cref="RuleBrokenException">It names a variable that there is not.</exception>
    public static void MustBeKnown(string text)
    {
        if (UnknownIn(text) is { } unknown)
        {
            throw new RuleBrokenException("unknown_variable", $"Unknown variable '{unknown}'", "text")
            {
                Facts = new Dictionary<string, object?> { ["variable"] = unknown },
            };
        }
    }

    /// <summary>What is not known and has no other words is left out.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string?> values) =>
        Place().Replace(text, m => values.GetValueOrDefault(m.Groups["name"].Value.Trim()) is { Length: > 0 } value ? value : m.Groups["otherwise"].Value.Trim());

    [GeneratedRegex(@"\{\{(?<name>[^{}|]*)(\|(?<otherwise>[^{}]*))?\}\}")]
    private static partial Regex Place();
}
