using System.Text;

namespace Fiko.Application.Search;

/// <summary>A word of a text as it is searched, and where it stands in the original.</summary>
/// <param name="Text">Folded: case, accents, diacritics, kinds of digits and ways to type a letter make no difference any more.</param>
/// <param name="Start">In UTF-16 units of the original.</param>
/// <param name="Length">In UTF-16 units of the original.</param>
/// <param name="JoinsNext">Only a half-space lies between it and the next word: the two may be meant as one.</param>
public readonly record struct SearchWord(string Text, int Start, int Length, bool JoinsNext = false)
{
    public int End => Start + Length;
}

/// <summary>The one normaliser of texts and of what is looked for in them: both become the same words.</summary>
public static class SearchText
{
    /// <summary>A word is told from others by its first characters; nobody types more of one.</summary>
    public const int LongestWord = 64;

    /// <summary>The words of a text, with a half-space taken for a space.</summary>
    public static List<SearchWord> Words(string text)
    {
        var words = new List<SearchWord>();
        var word = new StringBuilder(LongestWord);
        int start = 0, end = 0;
        bool halfSpace = false, apart = true;
        for (var at = 0; at < text.Length;)
        {
            var length = Rune.TryGetRuneAt(text, at, out var rune) ? rune.Utf16SequenceLength : 1;
            var folded = length == 1 && char.IsSurrogate(text[at]) ? Letters.Gap : Letters.Fold(rune);
            switch (folded)
            {
                case Letters.Nothing:
                    end = word.Length > 0 ? at + length : end;
                    break;
                case Letters.Gap:
                    Close();
                    (halfSpace, apart) = (false, true);
                    break;
                case Letters.HalfSpace:
                    Close();
                    halfSpace = !apart;
                    break;
                default:
                    var isSign = Letters.IsSign(rune);
                    if (isSign)
                    {
                        Close();
                        halfSpace = false;
                    }

                    if (word.Length == 0)
                    {
                        start = at;
                        Join();
                        apart = false;
                    }

                    word.Append(word.Length < LongestWord ? folded : "");
                    end = at + length;
                    if (isSign)
                    {
                        Close();
                    }

                    break;
            }

            at += length;
        }

        Close();
        return words;

        void Close()
        {
            if (word.Length > 0)
            {
                words.Add(new SearchWord(word.ToString(0, Math.Min(word.Length, LongestWord)), start, end - start));
                word.Clear();
            }
        }

        void Join()
        {
            if (halfSpace)
            {
                words[^1] = words[^1] with { JoinsNext = true };
                halfSpace = false;
            }
        }
    }

    /// <summary>The same words with every half-space taken for nothing.</summary>
    public static List<SearchWord> Joined(IReadOnlyList<SearchWord> words)
    {
        var joined = new List<SearchWord>(words.Count);
        foreach (var word in words)
        {
            if (joined is [.., { JoinsNext: true } last])
            {
                var both = last.Text + word.Text;
                joined[^1] = new SearchWord(both[..Math.Min(both.Length, LongestWord)], last.Start, word.End - last.Start, word.JoinsNext);
            }
            else
            {
                joined.Add(word);
            }
        }

        return joined;
    }
}
