using Fiko.Application.Conversations;
using Fiko.Application.Shared;
using Fiko.Domain.Shared;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Messaging;

/// <summary>Whom a note calls: colleagues named by id, and those whom its text names as @first last or @email.</summary>
internal static class Mentioning
{
    public const int Most = 50;

    /// <summary>Their ids, each once. One query, and none where nobody is named.</summary>
    /// <exception cref="RuleBrokenException">An id names no colleague at work.</exception>
    public static async Task<IReadOnlyList<long>> ResolveAsync(IFikoDb db, Caller by, string text, IReadOnlyList<long> ids, CancellationToken ct)
    {
        if (ids.Count == 0 && !text.Contains('@', StringComparison.Ordinal))
        {
            return [];
        }

        var colleagues = await db.Agents
            .Where(a => a.WorkspaceId == by.WorkspaceId && a.IsActive)
            .Select(a => new { a.Id, a.FirstName, a.LastName, a.Email })
            .ToListAsync(ct);
        if (ids.Except(colleagues.Select(c => c.Id)).Any())
        {
            throw new RuleBrokenException("user_not_found", "User not found", "mentions");
        }

        var named = colleagues.SelectMany(c => new[] { (c.Id, Name: AssignedUser.NameOf(c.FirstName, c.LastName, c.Email)), (c.Id, Name: c.Email) });
        return [.. ids.Concat(Named(text, [.. named.OrderByDescending(n => n.Name.Length)])).Distinct().Take(Most)];
    }

    // The longest name wins, so that "@Sara Ahmadi" is not Sara A.
    private static IEnumerable<long> Named(string text, IReadOnlyList<(long Id, string Name)> names)
    {
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            if (at > 0 && char.IsLetterOrDigit(text[at - 1]))
            {
                continue;
            }

            var rest = text[(at + 1)..];
            foreach (var (id, name) in names)
            {
                if (rest.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (rest.Length == name.Length || !char.IsLetterOrDigit(rest[name.Length])))
                {
                    yield return id;
                    break;
                }
            }
        }
    }
}
