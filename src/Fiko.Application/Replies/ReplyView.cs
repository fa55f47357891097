using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Replies;
using Fiko.Domain.Shared;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Replies;

/// <summary>A canned reply, with its places as they are written.</summary>
public sealed record ReplyView(long Id, string Title, string? Shortcut, string Text, long CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt) : IVersioned
{
    [JsonIgnore]
    public int Version { get; init; }
}

internal static class ReplyViews
{
    public static readonly Expression<Func<CannedReply, ReplyView>> Of =
        r => new ReplyView(r.Id, r.Title, r.Shortcut, r.Text, r.CreatedBy, r.CreatedAt, r.UpdatedAt) { Version = r.Version };

    /// <exception cref="RuleBrokenException">There is none, or it is another workspace's.</exception>
    public static async Task<CannedReply> GetReplyAsync(this IFikoDb db, long id, Caller caller, CancellationToken ct) =>
        await db.Replies.VisibleTo(caller).SingleOrDefaultAsync(r => r.Id == id, ct) ?? throw NotFound();

    /// <exception cref="RuleBrokenException">Another reply of the workspace has the title or the shortcut.</exception>
    public static async Task MustBeFreeAsync(this IFikoDb db, Caller by, long except, string title, string? shortcut, CancellationToken ct)
    {
        var other = await db.Replies.VisibleTo(by)
            .Where(r => r.Id != except && (r.Title == title || (shortcut != null && r.Shortcut == shortcut)))
            .Select(r => r.Title).FirstOrDefaultAsync(ct);
        if (other is not null)
        {
            throw new RuleBrokenException("reply_taken", "There is a reply with this title or shortcut already", other == title ? "title" : "shortcut");
        }
    }

    /// <summary>A reply is its author's and the administrators' to change; everybody uses it.</summary>
    public static void MustBeChangeableBy(this CannedReply reply, Caller by)
    {
        if (reply.CreatedBy != by.AgentId)
        {
            by.MustAdminister();
        }
    }

    public static RuleBrokenException NotFound() => new("reply_not_found", "Reply not found");
}
