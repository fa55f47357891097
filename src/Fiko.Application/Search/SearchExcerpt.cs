namespace Fiko.Application.Search;

/// <summary>The part of a text that was found.</summary>
/// <param name="Field">Which text: <c>content</c> of a message; <c>name</c>, <c>username</c> … of a customer.</param>
/// <param name="Text">Cut from the original as it is, around the first place that was found; all of it where it is short.</param>
/// <param name="Offset">Where the cut begins in the original, in UTF-16 units.</param>
/// <param name="Highlights">What was looked for, within <paramref name="Text"/>.</param>
public sealed record SearchExcerpt(string Field, string Text, int Offset, IReadOnlyList<SearchHighlight> Highlights)
{
    private const int Longest = 240;
    private const int Before = 60;
    private const int MostHighlights = 20;

    public static SearchExcerpt Of(string field, string text, SearchQuery query)
    {
        var found = query.Find(text);
        var start = 0;
        var end = text.Length;
        if (text.Length > Longest)
        {
            start = Whole(text, Math.Max(0, (found.Count > 0 ? found[0].Start : 0) - Before));
            end = Whole(text, Math.Min(text.Length, start + Longest));
        }

        return new SearchExcerpt(
            field,
            text[start..end],
            start,
            [.. found.Where(h => h.Start < end).Take(MostHighlights).Select(h => new SearchHighlight(h.Start - start, Math.Min(h.Length, end - h.Start)))]);
    }

    // A character of two units is not cut in the middle.
    private static int Whole(string text, int at) => at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) ? at - 1 : at;
}
