using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using FluentValidation;

namespace Fiko.Application.Webhooks;

/// <summary>What the fields of a subscription may hold.</summary>
internal static class WebhookFields
{
    public const int LongestUrl = 2000;
    public const int LongestDescription = 500;

    /// <summary>An absolute http address that says where to and nothing else: no user, no fragment, nothing that two readers could read in two ways.</summary>
    public static Uri? ReadUrl(string? text)
    {
        if (text is null or { Length: > LongestUrl } || text.Any(c => c is '\\' || char.IsWhiteSpace(c) || char.IsControl(c))
            || !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || url.Scheme is not ("https" or "http")
            || url.Host.Length == 0 || url.Fragment.Length > 0)
        {
            return null;
        }

        var begin = text.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = text.AsSpan(begin).IndexOfAny("/?#");
        var authority = end < 0 ? text.AsSpan(begin) : text.AsSpan(begin, end);
        return begin > 2 && !authority.Contains('@') ? url : null;
    }

    public static IRuleBuilderOptions<T, string?> IsUrl<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(url => ReadUrl(url) is not null).AsInvalidField("url")
            .WithMessage($"'url' must be an absolute https address of at most {LongestUrl} characters, without a user and without a fragment");

    public static IRuleBuilderOptions<T, IReadOnlyList<string>?> AreEvents<T>(this IRuleBuilder<T, IReadOnlyList<string>?> rule) =>
        rule.Must(names => names is null || (names.Count > 0 && names.Distinct().Count() == names.Count && names.All(EventCatalog.Names.Contains)))
            .AsInvalidField("events")
            .WithMessage("'events' must be null for all, or a list of names of events, each once");

    public static IRuleBuilderOptions<T, string?> IsDescription<T>(this IRuleBuilder<T, string?> rule) =>
        rule.MaximumLength(LongestDescription).AsInvalidField("description");
}
