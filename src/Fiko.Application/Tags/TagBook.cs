using Fiko.Application.Shared;
using Fiko.Domain.Tags;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Tags;

/// <summary>Turns names into the workspace's tags, inside a command. A name that nobody used before comes into being.</summary>
internal sealed class TagBook(IFikoDb db, TimeProvider time)
{
    private const int MostNames = 50;

    /// <summary>Whether these can be names of tags. None at all, too.</summary>
    public static bool AreWellNamed(IReadOnlyList<string?>? names) => names is null || (names.Count <= MostNames && names.All(IsName));

    public static bool IsName(string? name) => name?.Trim() is { Length: > 0 and <= Tag.LongestName } trimmed && Rules.IsOneLine(trimmed);

    /// <summary>The tags with these names, in their order, each once.</summary>
    public async Task<IReadOnlyList<long>> ResolveAsync(Caller by, IEnumerable<string?> names, CancellationToken ct)
    {
        var wanted = names.Select(n => n!.Trim()).Distinct(StringComparer.Ordinal).ToArray();
        if (wanted.Length == 0)
        {
            return [];
        }

        var known = await db.Tags.Where(t => t.WorkspaceId == by.WorkspaceId && wanted.Contains(t.Name)).ToDictionaryAsync(t => t.Name, StringComparer.Ordinal, ct);
        var missing = wanted.Where(n => !known.ContainsKey(n)).ToList();
        foreach (var name in missing)
        {
            db.Tags.Add(known[name] = new Tag(by.WorkspaceId, name, colour: null, time.Now()));
        }

        if (missing.Count > 0)
        {
            // Now, because their ids are asked for. Whoever adds the same name at the same time makes this run again.
            await db.SaveChangesAsync(ct);
        }

        return [.. wanted.Select(n => known[n].Id)];
    }

    /// <summary>The tags with these names, as far as there are any.</summary>
    public async Task<IReadOnlyList<long>> FindAsync(Caller by, IEnumerable<string?> names, CancellationToken ct)
    {
        var wanted = names.Select(n => n!.Trim()).Distinct(StringComparer.Ordinal).ToArray();
        return await db.Tags.Where(t => t.WorkspaceId == by.WorkspaceId && wanted.Contains(t.Name)).Select(t => t.Id).ToListAsync(ct);
    }
}
