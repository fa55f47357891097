using Fiko.Application.Attachments;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Fiko.Domain.Shared;
using MediatR;
using NSubstitute;

namespace Fiko.UnitTests.Realtime;

public sealed class WritingTheEventLog
{
    private static readonly DateTimeOffset Then = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static TheoryData<string, TopicKind> Names => new()
    {
        { nameof(MessageReceived), TopicKind.Inbox | TopicKind.Chat },
        { nameof(MessagePublished), TopicKind.Inbox | TopicKind.Chat },
        { nameof(MessageStatusChanged), TopicKind.Chat },
        { nameof(MessageEdited), TopicKind.Inbox | TopicKind.Chat },
        { nameof(MessageDeleted), TopicKind.Inbox | TopicKind.Chat },
        { nameof(AlbumGrew), TopicKind.Inbox | TopicKind.Chat },
        { nameof(AttachmentsChanged), TopicKind.Chat },
        { nameof(MessageReacted), TopicKind.Chat },
        { nameof(ConversationRead), TopicKind.Inbox | TopicKind.Chat },
        { nameof(ConversationStatusChanged), TopicKind.Inbox | TopicKind.Chat },
        { nameof(ConversationAssigned), TopicKind.Inbox | TopicKind.Chat },
        { nameof(ConversationTagged), TopicKind.Inbox | TopicKind.Chat },
        { nameof(ConversationPrioritised), TopicKind.Inbox | TopicKind.Chat },
        { nameof(ConversationRetitled), TopicKind.Inbox | TopicKind.Chat },
        { nameof(NoteWritten), TopicKind.Inbox | TopicKind.Chat },
        { nameof(ConversationDeleted), TopicKind.Inbox | TopicKind.Chat },
        { nameof(CustomerChanged), TopicKind.Inbox },
    };

    [Fact]
    public void A_row_says_where_it_stands_and_what_it_is_about()
    {
        var row = EventCatalog.Write(new MessageReceived(ConversationId: 4, MessageId: 9), workspaceId: 7, position: 12, Then);

        Assert.Equal((7, 12, "message_received", Then), (row.WorkspaceId, row.Position, row.Name, row.OccurredAt));
        Assert.Equal((4L, 9L), (row.ConversationId, row.MessageId));
    }

    [Fact]
    public void News_of_the_conversation_alone_names_no_message()
    {
        var row = EventCatalog.Write(new ConversationRead(ConversationId: 4, AgentId: 1, UpToSeq: 3), workspaceId: 7, position: 12, Then);

        Assert.Null(row.MessageId);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_concerns_certain_sockets_is_read_off_the_log_as_it_was_written(string type, TopicKind concerned)
    {
        var happened = Happened(type);
        var row = EventCatalog.Write(happened, workspaceId: 7, position: 255, Then);
        var mediator = Substitute.For<IMediator>();
        var ct = TestContext.Current.CancellationToken;
        var nothing = await PresentState.LoadAsync(Substitute.For<IFikoDb>(), Substitute.For<IFileLinks>(), 7, [], summaries: false, ct);

        await EventCatalog.PublishAsync(row, "a1b2", nothing, Substitute.For<IFrameSink>(), mediator, ct);

        var told = (dynamic)Assert.Single(mediator.ReceivedCalls()).GetArguments()[0]!;
        Assert.Equivalent(happened, (IDomainEvent)told.Event, strict: true);
        Assert.Equal(("a1b2.ff", Then), ((string)told.Cursor, (DateTimeOffset)told.At));
        Assert.Equal(concerned, row.Concerns);
    }

    [Fact]
    public void Every_event_of_the_domain_is_in_the_table_above()
    {
        var all = typeof(IDomainEvent).Assembly.GetTypes().Where(t => t.IsClass && t.IsAssignableTo(typeof(IDomainEvent))).Select(t => t.Name);

        Assert.Equal(all.Order(StringComparer.Ordinal), Names.Select(row => row.Data.Item1).Order(StringComparer.Ordinal));
    }

    private static IDomainEvent Happened(string type) => type switch
    {
        nameof(MessageReceived) => new MessageReceived(4, 9),
        nameof(MessagePublished) => new MessagePublished(4, 9),
        nameof(MessageStatusChanged) => new MessageStatusChanged(4, 9),
        nameof(MessageEdited) => new MessageEdited(4, 9),
        nameof(MessageDeleted) => new MessageDeleted(4, 9),
        nameof(AlbumGrew) => new AlbumGrew(4, 9),
        nameof(AttachmentsChanged) => new AttachmentsChanged(4, 9),
        nameof(MessageReacted) => new MessageReacted(4, 9, MessageAuthor.Customer, AgentId: null, "👍"),
        nameof(ConversationRead) => new ConversationRead(4, AgentId: 1, UpToSeq: 3),
        nameof(ConversationStatusChanged) => new ConversationStatusChanged(4, By: 1, ConversationStatus.Active, ConversationStatus.Closed),
        nameof(ConversationAssigned) => new ConversationAssigned(4, By: 1, From: null, To: 2),
        nameof(ConversationTagged) => new ConversationTagged(4, By: 1, Added: [5], Removed: [6, 7]),
        nameof(ConversationPrioritised) => new ConversationPrioritised(4, By: 1, From: 2, To: 4),
        nameof(ConversationRetitled) => new ConversationRetitled(4, By: 1),
        nameof(NoteWritten) => new NoteWritten(4, 9),
        nameof(ConversationDeleted) => new ConversationDeleted(4),
        nameof(CustomerChanged) => new CustomerChanged(4, CustomerId: 2),
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };
}
