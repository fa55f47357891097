using System.Buffers;

namespace Fiko.Application.Search;

/// <summary>Words that must stand one after the other.</summary>
/// <param name="Words">Folded, as <see cref="SearchText"/> makes them.</param>
/// <param name="IsOpen">The last word may go on.</param>
public sealed record SearchPhrase(IReadOnlyList<string> Words, bool IsOpen)
{
    public bool Equals(SearchPhrase? other) => other is not null && IsOpen == other.IsOpen && Words.SequenceEqual(other.Words);

    public override int GetHashCode() => HashCode.Combine(Words.Count, IsOpen);

    internal bool IsAt(IReadOnlyList<SearchWord> words, int first)
    {
        if (first + Words.Count > words.Count)
        {
            return false;
        }

        for (var i = 0; i < Words.Count; i++)
        {
            var isOpen = IsOpen && i == Words.Count - 1;
            if (isOpen ? !words[first + i].Text.StartsWith(Words[i], StringComparison.Ordinal) : words[first + i].Text != Words[i])
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>One thing that must be found, in any of the ways in which it may be written.</summary>
public sealed record SearchTerm(IReadOnlyList<SearchPhrase> Ways);

/// <summary>A part of a text that was looked for.</summary>
/// <param name="Start">In UTF-16 units, as the clients' languages count.</param>
/// <param name="Length">In UTF-16 units.</param>
public sealed record SearchHighlight(int Start, int Length);

/// <summary>What a person typed, as terms that must all be found: words, "phrases in quotes", the last word as a beginning.</summary>
public sealed class SearchQuery
{
    public const int LongestInput = 200;

    /// <summary>Fewer digits than these are part of every number.</summary>
    public const int ShortestNumber = 3;

    private const int MostTerms = 16;

    // A single letter begins every other word: it stands for itself.
    private const int ShortestBeginning = 2;

    private static readonly SearchValues<char> Quotes = SearchValues.Create("\"\u201C\u201D\u201E\u201F\u00AB\u00BB\uFF02");

    private SearchQuery(IReadOnlyList<SearchTerm> terms) => Terms = terms;

    /// <summary>Empty where there is nothing that could be found: marks and spaces alone.</summary>
    public IReadOnlyList<SearchTerm> Terms { get; }

    public bool FindsNothing => Terms.Count == 0;

    /// <param name="input">Whatever a person typed; no sign in it has a meaning but quotes.</param>
    /// <param name="ofPerson">Whether it is somebody who is looked for: then every word may go on, and digits may be any part of a phone number.</param>
    public static SearchQuery Read(string input, bool ofPerson = false)
    {
        var terms = new List<SearchTerm>();
        var rest = input.AsSpan();
        while (!rest.IsEmpty)
        {
            var quote = rest.IndexOfAny(Quotes);
            var plain = quote < 0 ? rest : rest[..quote];
            rest = quote < 0 ? [] : rest[(quote + 1)..];
            foreach (var chunk in plain.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                Add(chunk);
            }

            if (quote >= 0)
            {
                var end = rest.IndexOfAny(Quotes);
                Add((end < 0 ? rest : rest[..end]).ToString(), isClosed: end >= 0);
                rest = end < 0 ? [] : rest[(end + 1)..];
            }
        }

        if (terms.Count > 0 && !ofPerson)
        {
            terms = [.. terms[..^1].ConvertAll(Closed), terms[^1]];
        }

        return new SearchQuery([.. terms.DistinctBy(t => string.Join('|', t.Ways.Select(w => $"{string.Join(' ', w.Words)}{w.IsOpen}"))).Take(MostTerms)]);

        void Add(string text, bool isClosed = false)
        {
            if (TermOf(SearchText.Words(text), isClosed ? int.MaxValue : ofPerson ? 1 : ShortestBeginning) is { } term)
            {
                terms.Add(ofPerson ? WithNumber(term) : term);
            }
        }
    }

    /// <summary>Where the text says what was looked for, in order; those that touch are one.</summary>
    public IReadOnlyList<SearchHighlight> Find(string text)
    {
        var words = SearchText.Words(text);
        var joined = words.Exists(w => w.JoinsNext) ? SearchText.Joined(words) : null;
        var found = new List<SearchHighlight>();
        foreach (var phrase in Terms.SelectMany(t => t.Ways))
        {
            Mark(words, phrase, found);
            if (joined is not null)
            {
                Mark(joined, phrase, found);
            }
        }

        return Merge(found);
    }

    private static SearchTerm Closed(SearchTerm term) => new([.. term.Ways.Select(w => w with { IsOpen = false })]);

    private static SearchTerm? TermOf(List<SearchWord> words, int openFrom)
    {
        if (words.Count == 0)
        {
            return null;
        }

        var apart = PhraseOf(words, openFrom);
        return new SearchTerm(words.Exists(w => w.JoinsNext) ? [apart, PhraseOf(SearchText.Joined(words), openFrom)] : [apart]);
    }

    // A number is typed with a zero or with the country in front, in one piece or in several.
    private static SearchTerm WithNumber(SearchTerm term)
    {
        var digits = string.Concat(term.Ways[0].Words);
        return digits.All(char.IsAsciiDigit) && digits.TrimStart('0') is { Length: >= ShortestNumber } number
            ? new SearchTerm([.. term.Ways, new SearchPhrase([number], IsOpen: true)])
            : term;
    }

    private static SearchPhrase PhraseOf(List<SearchWord> words, int openFrom) =>
        new([.. words.Select(w => w.Text)], IsOpen: words[^1].Text.Length >= openFrom);

    private static void Mark(List<SearchWord> words, SearchPhrase phrase, List<SearchHighlight> found)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (phrase.IsAt(words, i))
            {
                found.Add(new SearchHighlight(words[i].Start, words[i + phrase.Words.Count - 1].End - words[i].Start));
            }
        }
    }

    private static List<SearchHighlight> Merge(List<SearchHighlight> found)
    {
        var merged = new List<SearchHighlight>();
        foreach (var next in found.OrderBy(h => h.Start).ThenByDescending(h => h.Length))
        {
            if (merged is [.., var last] && next.Start <= last.Start + last.Length)
            {
                merged[^1] = last with { Length = Math.Max(last.Length, next.Start + next.Length - last.Start) };
            }
            else
            {
                merged.Add(next);
            }
        }

        return merged;
    }
}
