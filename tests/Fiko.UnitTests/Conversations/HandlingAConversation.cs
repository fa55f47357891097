using System.Text.Json;
using Fiko.Domain.Conversations;
using Fiko.Domain.Shared;

namespace Fiko.UnitTests.Conversations;

public sealed class HandlingAConversation
{
    private static readonly DateTimeOffset Now = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    private readonly Conversation _conversation = Talk.New();

    [Fact]
    public void Who_claims_first_has_it()
    {
        Assert.True(_conversation.TryClaim(1));
        Assert.True(_conversation.TryClaim(1));
        Assert.False(_conversation.TryClaim(2));

        Assert.Equal((1L, 1), (_conversation.AssignedTo, _conversation.Version));
        Assert.Equal([new ConversationAssigned(0, 1, null, 1)], _conversation.TakeEvents());
    }

    [Fact]
    public void Only_its_agent_or_an_administrator_releases_it()
    {
        _conversation.TryClaim(1);

        Assert.Equal("forbidden", Assert.Throws<RuleBrokenException>(() => _conversation.Release(2, mayAdminister: false)).Code);
        _conversation.Release(2, mayAdminister: true);
        _conversation.Release(3, mayAdminister: false);

        Assert.Null(_conversation.AssignedTo);
    }

    [Fact]
    public void What_is_so_already_is_no_news()
    {
        _conversation.ChangeStatus(ConversationStatus.Active, Now, 1);
        _conversation.Assign(null, 1);
        _conversation.Prioritise(Conversation.NormalPriority, 1);
        _conversation.Retitle(null, 1);
        _conversation.Retag([], 1);

        Assert.Equal(0, _conversation.Version);
        Assert.Empty(_conversation.News());
    }

    [Fact]
    public void Tags_and_their_rows_change_together()
    {
        _conversation.Retag([5, 6, 7], 1);
        _conversation.Retag([8, 7, 6], 1);

        Assert.Equal([6, 7, 8], _conversation.TagIds);
        Assert.Equal([6, 7, 8], _conversation.Tagged.Select(t => t.TagId).Order());
        var last = Assert.IsType<ConversationTagged>(_conversation.TakeEvents()[^1]);
        Assert.Equal([8], last.Added);
        Assert.Equal([5], last.Removed);
    }

    [Fact]
    public void There_are_at_most_twenty_tags()
    {
        _conversation.Retag([.. Enumerable.Range(1, 20).Select(n => (long)n)], 1);

        Assert.Equal("too_many_tags", Assert.Throws<RuleBrokenException>(() => _conversation.Retag([.. Enumerable.Range(1, 21).Select(n => (long)n)], 1)).Code);

        Assert.Equal(20, _conversation.TagIds.Count);
    }

    [Fact]
    public void A_customers_message_opens_what_was_closed_and_nobody_is_said_to_have_done_it()
    {
        _conversation.ChangeStatus(ConversationStatus.Closed, Now, 1);
        _conversation.Forget();

        _conversation.Hear();

        Assert.Equal(new ConversationStatusChanged(0, null, ConversationStatus.Closed, ConversationStatus.Active), _conversation.TakeEvents()[0]);
    }

    [Fact]
    public void A_change_of_status_that_an_earlier_version_wrote_down_is_still_read() =>
        Assert.Equal(new ConversationStatusChanged(5), JsonSerializer.Deserialize<ConversationStatusChanged>("""{"ConversationId":5}"""));
}
