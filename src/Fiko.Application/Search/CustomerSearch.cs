using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Fiko.Domain.Customers;

namespace Fiko.Application.Search;

/// <summary>The one place that lists of customers and conversations are narrowed by what somebody typed.</summary>
public static class CustomerSearch
{
    /// <summary>How a customer is typed: each word may be the beginning of one of theirs.</summary>
    public static SearchQuery Read(string search) => SearchQuery.Read(search, ofPerson: true);

    /// <param name="customers">Those that the caller sees.</param>
    /// <param name="search">Null or blank narrows nothing; marks alone find nobody.</param>
    /// <param name="index">Where their words stand.</param>
    /// <param name="caller">Whose workspace.</param>
    public static IQueryable<Customer> Matching(this IQueryable<Customer> customers, string? search, ISearchIndex index, Caller caller)
    {
        if (string.IsNullOrWhiteSpace(search))
        {
            return customers;
        }

        var found = index.FindCustomers(caller.WorkspaceId, Read(search));
        return customers.Where(c => found.Contains(c.Id));
    }

    /// <summary>Conversations whose customer is meant.</summary>
    public static IQueryable<Conversation> WithCustomer(this IQueryable<Conversation> conversations, string? search, ISearchIndex index, Caller caller)
    {
        if (string.IsNullOrWhiteSpace(search))
        {
            return conversations;
        }

        var found = index.FindCustomers(caller.WorkspaceId, Read(search));
        return conversations.Where(c => found.Contains(c.CustomerId));
    }

    /// <summary>Every end of the phone number, so that a beginning of one is any part of the number.</summary>
    public static IEnumerable<string> NumbersOf(Customer customer)
    {
        var digits = string.Concat(string.Concat(SearchText.Words(customer.PhoneNumber ?? "").Select(w => w.Text)).Where(char.IsAsciiDigit));
        for (var i = 0; i <= digits.Length - SearchQuery.ShortestNumber; i++)
        {
            yield return digits[i..];
        }
    }

    /// <summary>What a customer is found by, as lists and excerpts call it.</summary>
    public static IEnumerable<(string Field, string Text)> TextsOf(Customer customer)
    {
        yield return ("name", $"{customer.FirstName} {customer.LastName}".Trim());
        yield return ("username", customer.Username ?? "");
        yield return ("email", customer.Email ?? "");
        yield return ("phone_number", customer.PhoneNumber ?? "");
    }
}
