using Fiko.Domain.Shared;

namespace Fiko.Domain.Conversations;

/// <content>How the people of the workspace handle it. What changes nothing is no news.</content>
public sealed partial class Conversation
{
    public const int LowestPriority = 1;
    public const int HighestPriority = 4;
    public const int LongestTitle = 200;
    public const int MostTags = 20;

    private readonly List<ConversationTag> _tagged = [];

    /// <summary>What people called it; null while it is called after its customer.</summary>
    public string? Title { get; private set; }

    /// <summary>Its tags, in the order in which it got them.</summary>
    public IReadOnlyList<long> TagIds { get; private set; } = [];

    /// <summary>The same tags as rows.</summary>
    public IReadOnlyList<ConversationTag> Tagged => _tagged;

    /// <param name="status">What it is from now on.</param>
    /// <param name="now">When.</param>
    /// <param name="by">Which agent said so; null where nobody did.</param>
    public void ChangeStatus(ConversationStatus status, DateTimeOffset now, long? by = null)
    {
        if (status != Status)
        {
            var from = Status;
            Status = status;
            RecordStatus(from, by, now);
            Version++;
            Raise(() => new ConversationStatusChanged(Id, by, from, status));
        }
    }

    /// <summary>Of many who reach for it at once, one gets it: the version decides, and the others then see who has it.</summary>
    /// <returns>False where somebody else has it.</returns>
    public bool TryClaim(long agentId)
    {
        if (AssignedTo is not null && AssignedTo != agentId)
        {
            return false;
        }

        Assign(agentId, agentId);
        return true;
    }

    /// <param name="to">Who takes care of it from now on; null for nobody.</param>
    /// <param name="by">Who says so; null where nobody did.</param>
    public void Assign(long? to, long? by)
    {
        if (to != AssignedTo)
        {
            var from = AssignedTo;
            AssignedTo = to;
            Version++;
            Raise(() => new ConversationAssigned(Id, by, from, to));
        }
    }

    /// <exception cref="RuleBrokenException">It is somebody else's, and the asker may not decide for them.</exception>
    public void Release(long by, bool mayAdminister)
    {
        if (AssignedTo is not null && AssignedTo != by && !mayAdminister)
        {
            throw new RuleBrokenException("forbidden", "Only its agent or an administrator may release it");
        }

        Assign(null, by);
    }

    public void Prioritise(int priority, long by)
    {
        if (priority != Priority)
        {
            var from = Priority;
            Priority = priority;
            Version++;
            Raise(() => new ConversationPrioritised(Id, by, from, priority));
        }
    }

    /// <param name="title">Null calls it after its customer again.</param>
    /// <param name="by">Who said so.</param>
    public void Retitle(string? title, long by)
    {
        if (title != Title)
        {
            Title = title;
            Version++;
            Raise(() => new ConversationRetitled(Id, by));
        }
    }

    /// <summary>Has these tags from now on, and no other. List and rows change together or not at all.</summary>
    public void Retag(IReadOnlyCollection<long> tagIds, long by)
    {
        if (_tagged.Count != TagIds.Count)
        {
            throw new InvalidOperationException("The rows of its tags must be loaded to change them");
        }

        long[] added = [.. tagIds.Except(TagIds)];
        long[] removed = [.. TagIds.Except(tagIds)];
        if (added.Length + removed.Length == 0)
        {
            return;
        }

        if (TagIds.Count + added.Length - removed.Length > MostTags)
        {
            throw new RuleBrokenException("too_many_tags", $"A conversation has at most {MostTags} tags", "tags");
        }

        _tagged.RemoveAll(t => removed.Contains(t.TagId));
        _tagged.AddRange(added.Select(id => new ConversationTag(id)));
        TagIds = [.. TagIds.Except(removed), .. added];
        Version++;
        Raise(() => new ConversationTagged(Id, by, added, removed));
    }

    /// <summary>One of its tags is called something else, or has another colour.</summary>
    public void FollowTag(long tagId, long by)
    {
        Version++;
        Raise(() => new ConversationTagged(Id, by, [], [], tagId));
    }
}
