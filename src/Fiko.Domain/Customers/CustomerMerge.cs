using Fiko.Domain.Conversations;
using Fiko.Domain.Shared;

namespace Fiko.Domain.Customers;

/// <summary>All that belongs to a customer besides their own row.</summary>
public sealed record CustomerBelongings(
    IReadOnlyList<Conversation> Conversations, IReadOnlyList<ChannelAddress> Addresses, IReadOnlyList<CustomerNote> Notes);

/// <summary>What a merge brought to its target, by id or name.</summary>
public sealed record MergedThings(
    IReadOnlyList<long> Conversations,
    IReadOnlyList<long> Addresses,
    IReadOnlyList<long> Notes,
    IReadOnlyList<long> Tags,
    IReadOnlyList<string> Attributes,
    IReadOnlyList<string> Fields);

/// <summary>
/// Two customers turned out to be one person. What one of them had is the other's from then on; its own row stays, out of sight and
/// unchanged, so that the merge can be undone to the letter.
/// </summary>
public sealed class CustomerMerge
{
    private CustomerMerge()
    {
    }

    public long Id { get; private set; }

    public long WorkspaceId { get; private set; }

    /// <summary>Who is not shown any more.</summary>
    public long SourceId { get; private set; }

    /// <summary>Who they turned out to be.</summary>
    public long TargetId { get; private set; }

    public long MergedBy { get; private set; }

    public DateTimeOffset MergedAt { get; private set; }

    public long? UndoneBy { get; private set; }

    public DateTimeOffset? UndoneAt { get; private set; }

    public MergedThings Moved { get; private set; } = new([], [], [], [], [], []);

    /// <summary>Concurrency token: it is undone once.</summary>
    public int Version { get; private set; }

    public static CustomerMerge Of(Customer source, Customer target, CustomerBelongings ofSource, long by, DateTimeOffset now)
    {
        var merge = new CustomerMerge
        {
            WorkspaceId = target.WorkspaceId,
            SourceId = source.Id,
            TargetId = target.Id,
            MergedBy = by,
            MergedAt = now,
            Moved = new MergedThings(
                [.. ofSource.Conversations.Select(c => c.Id)],
                [.. ofSource.Addresses.Select(a => a.Id)],
                [.. ofSource.Notes.Select(n => n.Id)],
                [.. source.Tags.Select(t => t.TagId).Except(target.Tags.Select(t => t.TagId))],
                [.. source.Attributes.Keys.Except(target.Attributes.Keys)],
                [.. source.FieldsFor(target)]),
        };
        source.MergeInto(target, merge.Moved);
        Move(ofSource, target);
        return merge;
    }

    /// <summary>Gives back what it brought, as far as it is still there and still the same.</summary>
    /// <param name="source">Is shown again.</param>
    /// <param name="target">As it is now.</param>
    /// <param name="ofTarget">All that belongs to it now.</param>
    /// <param name="by">Who undoes it.</param>
    /// <param name="now">When.</param>
    public void Undo(Customer source, Customer target, CustomerBelongings ofTarget, long by, DateTimeOffset now)
    {
        if (UndoneAt is not null)
        {
            throw new RuleBrokenException("merge_undone", "This merge has been undone before");
        }

        (UndoneBy, UndoneAt, Version) = (by, now, Version + 1);
        var addresses = ofTarget.Addresses.Where(a => Moved.Addresses.Contains(a.Id)).ToList();

        // A conversation that began since then belongs to whoever writes in its chat.
        var conversations = ofTarget.Conversations
            .Where(c => Moved.Conversations.Contains(c.Id) || addresses.Exists(a => (a.ChannelId, a.Address) == (c.ChannelId, c.Chat)))
            .ToList();
        source.PartFrom(target, Moved);
        Move(new(conversations, addresses, [.. ofTarget.Notes.Where(n => Moved.Notes.Contains(n.Id))]), source);
        source.WroteIn(conversations);
        target.WroteIn(ofTarget.Conversations.Except(conversations));
    }

    private static void Move(CustomerBelongings belongings, Customer to)
    {
        foreach (var address in belongings.Addresses)
        {
            address.BelongTo(to);
        }

        foreach (var note in belongings.Notes)
        {
            note.BelongTo(to);
        }

        foreach (var conversation in belongings.Conversations)
        {
            conversation.BelongTo(to);
        }
    }
}
