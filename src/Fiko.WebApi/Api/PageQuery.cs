using Fiko.Application.Resources;
using Microsoft.AspNetCore.Mvc;

namespace Fiko.WebApi.Api;

/// <summary>Which page of a list (rest.md, Lists). Taken as parameters by every list's endpoint.</summary>
internal readonly record struct PageQuery(
    [FromQuery(Name = "limit")] int? Limit,
    [FromQuery(Name = "cursor")] string? Cursor,
    [FromQuery(Name = "include_total")] bool? IncludeTotal,
    [FromQuery(Name = "sort")] string? Sort)
{
    public Paging Paging => new(Limit, Cursor, IncludeTotal is true, Sort);
}
