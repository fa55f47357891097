using System.Globalization;
using Fiko.Application.Search;

namespace Fiko.Infrastructure.Persistence.Search;

/// <summary>
/// Folded words as one text: with a blank around each, and the workspace as a word of its own, which full-text search intersects with.
/// Words hold letters, digits and signs alone, so none of them can mean anything to CONTAINS or LIKE.
/// </summary>
internal static class SqlServerWords
{
    public static string Text(long workspaceId, IReadOnlyList<SearchWord> words, IReadOnlyList<string>? numbers = null)
    {
        var apart = string.Join(' ', words.Select(w => w.Text));
        var joined = words.Any(w => w.JoinsNext) ? $" | {string.Join(' ', SearchText.Joined(words).Select(w => w.Text))}" : "";
        var ends = string.Concat((numbers ?? []).Select(n => $" | {n}"));
        return $" {Workspace(workspaceId)} | {apart}{joined}{ends} ";
    }

    /// <param name="workspaceId">Whose words.</param>
    /// <param name="query">Which.</param>
    /// <param name="fullText">Whether there is a full-text index; signs are not in it.</param>
    /// <param name="add">Makes a parameter of a value.</param>
    public static string Where(long workspaceId, SearchQuery query, bool fullText, Func<object, string> add)
    {
        var looked = query.Terms.Where(t => !fullText || !t.Ways.All(IsPlain)).Select(t => $"({string.Join(" OR ", t.Ways.Select(w => $"s.[Words] LIKE {add(Like(w))}"))})");
        var asked = query.Terms.Where(t => fullText && t.Ways.All(IsPlain)).Select(t => $"({string.Join(" OR ", t.Ways.Select(Contains))})").ToList();
        return string.Join(" AND ", asked.Count == 0 ? looked : looked.Prepend($"CONTAINS(s.[Words], {add($"\"{Workspace(workspaceId)}\" AND {string.Join(" AND ", asked)}")})"));
    }

    private static string Contains(SearchPhrase phrase) => $"\"{string.Join(' ', phrase.Words)}{(phrase.IsOpen ? "*" : "")}\"";

    private static string Like(SearchPhrase phrase) => $"% {string.Join(' ', phrase.Words)}{(phrase.IsOpen ? "" : " ")}%";

    // In a phrase full-text search takes the star for every word of it.
    private static bool IsPlain(SearchPhrase phrase) => phrase.Words.All(w => w.All(char.IsLetterOrDigit)) && (!phrase.IsOpen || phrase.Words.Count == 1);

    private static string Workspace(long id) => string.Create(CultureInfo.InvariantCulture, $"workspace{id}");
}
