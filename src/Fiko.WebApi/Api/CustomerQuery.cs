using Fiko.Application.Customers;
using Microsoft.AspNetCore.Mvc;

namespace Fiko.WebApi.Api;

/// <summary>Which customers (rest.md, Customers). Taken as parameters by the list and by the export.</summary>
internal readonly record struct CustomerQuery(
    [FromQuery(Name = "search")] string? Search,
    [FromQuery(Name = "source")] string? Source,
    [FromQuery(Name = "tag")] string[]? Tag,
    [FromQuery(Name = "has_unread")] bool? HasUnread,
    [FromQuery(Name = "has_email")] bool? HasEmail,
    [FromQuery(Name = "has_phone")] bool? HasPhone,
    [FromQuery(Name = "blocked")] bool? Blocked,
    [FromQuery(Name = "created_from")] string? CreatedFrom,
    [FromQuery(Name = "created_to")] string? CreatedTo,
    [FromQuery(Name = "last_activity_from")] string? LastActivityFrom,
    [FromQuery(Name = "last_activity_to")] string? LastActivityTo)
{
    public CustomerFilters Filters =>
        new(Search, Source, Tag, HasUnread, HasEmail, HasPhone, Blocked, CreatedFrom, CreatedTo, LastActivityFrom, LastActivityTo);
}
