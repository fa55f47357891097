using System.Globalization;
using System.Text;
using Fiko.Application.Search;

namespace Fiko.Infrastructure.Persistence.Search;

/// <summary>
/// The terms of the FTS5 tables: <c>12:word</c>, and what a message is narrowed by, <c>12::c345</c>. Words hold letters, digits and
/// signs alone, so none of them can mean anything to FTS5, nor be taken for another workspace's.
/// </summary>
internal static class SqliteTerms
{
    public static string Text(long workspaceId, IEnumerable<SearchWord> words) => string.Join(' ', words.Select(w => Term(workspaceId, w.Text)));

    /// <summary>Empty where it would say nothing new.</summary>
    public static string Joined(long workspaceId, IReadOnlyList<SearchWord> words) =>
        words.Any(w => w.JoinsNext) ? Text(workspaceId, SearchText.Joined(words)) : "";

    public static string Facets(IndexedMessage message)
    {
        var (id, day) = (message.WorkspaceId, message.CreatedAt.UtcDateTime);
        return string.Join(' ', Facet(id, Conversation(message.ConversationId)), Facet(id, Source(message.Source)), Facet(id, Day(day)), Facet(id, Month(day)), Facet(id, Year(day)));
    }

    public static string Numbers(IndexedCustomer customer) => string.Join(' ', customer.Numbers.Select(n => Term(customer.WorkspaceId, n)));

    public static string Of(MessageSearch search)
    {
        var wanted = new StringBuilder(Words("words joined", search.WorkspaceId, search.Query));
        if (search.Conversations is { } conversations)
        {
            And(wanted, search.WorkspaceId, conversations.Select(Conversation));
        }

        if (search.Source is { } source)
        {
            And(wanted, search.WorkspaceId, [Source(source)]);
        }

        if (search.From is not null || search.Until is not null)
        {
            And(wanted, search.WorkspaceId, SqliteDays.Cover(search.From, search.Until));
        }

        return wanted.ToString();
    }

    public static string OfCustomer(long workspaceId, SearchQuery query) => Words("words joined numbers", workspaceId, query);

    public static string Day(DateTime day) => day.ToString("'d'yyyyMMdd", CultureInfo.InvariantCulture);

    public static string Month(DateTime day) => day.ToString("'m'yyyyMM", CultureInfo.InvariantCulture);

    public static string Year(DateTime day) => day.ToString("'y'yyyy", CultureInfo.InvariantCulture);

    private static string Words(string columns, long workspaceId, SearchQuery query) =>
        $"{{{columns}}} : ({string.Join(" AND ", query.Terms.Select(t => $"({string.Join(" OR ", t.Ways.Select(w => Phrase(workspaceId, w)))})"))})";

    private static string Phrase(long workspaceId, SearchPhrase phrase) =>
        $"\"{string.Join(' ', phrase.Words.Select(w => Term(workspaceId, w)))}\"{(phrase.IsOpen ? " *" : "")}";

    private static void And(StringBuilder wanted, long workspaceId, IEnumerable<string> anyOf) =>
        wanted.Append(" AND facets : (").AppendJoin(" OR ", anyOf.Select(f => $"\"{Facet(workspaceId, f)}\"")).Append(')');

    private static string Term(long workspaceId, string word) => string.Create(CultureInfo.InvariantCulture, $"{workspaceId}:{word}");

    private static string Facet(long workspaceId, string facet) => string.Create(CultureInfo.InvariantCulture, $"{workspaceId}::{facet}");

    private static string Conversation(long id) => string.Create(CultureInfo.InvariantCulture, $"c{id}");

    // A channel's name is a word of ASCII letters; whatever else a client asks for is no channel's.
    private static string Source(string source) => $"s{string.Concat(source.Where(char.IsAsciiLetterOrDigit))}";
}
