using System.Text.Json.Serialization;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Shared;
using Fiko.Domain.Tags;

namespace Fiko.Application.Tags;

/// <summary>A tag of the workspace, and how much it is used.</summary>
/// <param name="Id">By which it is changed.</param>
/// <param name="Name">By which it is used.</param>
/// <param name="Colour"><c>#rrggbb</c>.</param>
/// <param name="Conversations">How many have it.</param>
/// <param name="Customers">How many have it.</param>
public sealed record TagView(long Id, string Name, string Colour, int Conversations, int Customers) : IVersioned
{
    [JsonIgnore]
    public int Version { get; init; }
}

internal static class TagViews
{
    public static IQueryable<TagView> ToViews(this IQueryable<Tag> tags, IFikoDb db) =>
        tags.Select(t => new TagView(
            t.Id,
            t.Name,
            t.Colour,
            db.ConversationTags.Count(c => c.TagId == t.Id),
            db.CustomerTags.Count(x => x.TagId == t.Id && db.Customers.Any(c => c.Id == x.CustomerId && c.MergedInto == null)))
        { Version = t.Version });

    public static RuleBrokenException NotFound() => new("tag_not_found", "Tag not found");

    public static RuleBrokenException Taken() => new("tag_taken", "There is a tag with this name already", "name");
}
