using System.Text;
using Fiko.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Customers;

/// <summary>Finds customers by what they are called and reached by. The one place that decides what matches.</summary>
internal static class CustomerSearch
{
    public static IQueryable<Customer> NarrowSearch(this IQueryable<Customer> all, string? search)
    {
        foreach (var word in search?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            var pattern = $"%{Escape(word)}%";
            all = all.Where(c =>
                EF.Functions.Like(c.FirstName, pattern, "\\")
                || EF.Functions.Like(c.LastName, pattern, "\\")
                || EF.Functions.Like(c.Username!, pattern, "\\")
                || EF.Functions.Like(c.Email!, pattern, "\\")
                || EF.Functions.Like(c.PhoneNumber!, pattern, "\\"));
        }

        return all;
    }

    private static string Escape(string word)
    {
        var escaped = new StringBuilder(word.Length);
        foreach (var c in word)
        {
            escaped.Append(c is '%' or '_' or '\\' or '[' ? "\\" : "").Append(c);
        }

        return escaped.ToString();
    }
}
