using System.Text.Json.Serialization;

namespace Fiko.Application.Resources;

/// <summary>One page of a list (rest.md, Lists).</summary>
/// <param name="Items">In the order that was asked for.</param>
/// <param name="NextCursor">Where the next page begins; null on the last one.</param>
/// <param name="Total">How many match in all; only where it was asked for.</param>
public sealed record Page<T>(
    IReadOnlyList<T> Items,
    string? NextCursor,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Total = null);

/// <summary>Which page of a list is asked for. Read by <see cref="Ordering{T}"/>, which says what is wrong with it.</summary>
/// <param name="Limit">1–500; 50 where null.</param>
/// <param name="Cursor">The <c>next_cursor</c> of the page before.</param>
/// <param name="IncludeTotal">Whether to count all that match.</param>
/// <param name="Sort">A name of the list's ordering, with <c>-</c> in front for the other way round.</param>
public sealed record Paging(int? Limit = null, string? Cursor = null, bool IncludeTotal = false, string? Sort = null);

/// <summary>The keys of one page, in their order: what is shown of them is loaded by these.</summary>
public sealed record KeyPage(IReadOnlyList<long> Ids, string? NextCursor, int? Total)
{
    /// <summary>The page with what its keys stand for; one that was erased in between is left out.</summary>
    public Page<T> With<T>(IEnumerable<T> loaded, Func<T, long> id)
    {
        var byId = loaded.ToDictionary(id);
        return new Page<T>([.. Ids.Where(byId.ContainsKey).Select(i => byId[i])], NextCursor, Total);
    }
}
