using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Fiko.Domain.Customers;
using Fiko.Domain.Tags;
using Fiko.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Fiko.IntegrationTests.Hosting;

/// <summary>A workspace with an agent, an API channel and a Telegram channel, filled through the domain itself.</summary>
public sealed class SeededWorkspace
{
    private const int RowsASave = 500;

    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    private readonly Store _store;

    private SeededWorkspace(Store store, Workspace workspace, Agent agent, ChannelAccount api, ChannelAccount telegram)
    {
        _store = store;
        (Id, Stamp, AgentId) = (workspace.Id, workspace.LogStamp, agent.Id);
        Caller = new Caller(agent.Id, workspace.Id, agent.DisplayName, agent.Role, SessionId: null);
        (Api, Telegram) = (api.Id, telegram.Id);
    }

    public long Id { get; }

    public string Stamp { get; }

    public long AgentId { get; }

    public Caller Caller { get; }

    public long Api { get; }

    public long Telegram { get; }

    public static async Task<SeededWorkspace> CreateAsync(Store store)
    {
        var mark = Guid.NewGuid().ToString("N");
        return await store.CommitAsync(async db =>
        {
            var workspace = new Workspace(mark, mark[..8], Start);
            db.Workspaces.Add(workspace);
            await db.SaveChangesAsync(CancellationToken.None);
            var agent = new Agent(workspace.Id, $"{mark}@fiko.test", "Sara", "Ahmadi", Role.Owner, Start);
            var api = new ChannelAccount(workspace.Id, ChannelName.Api, "API", null, null, Start);
            var telegram = new ChannelAccount(workspace.Id, ChannelName.Telegram, "Bot", "bot", mark, Start);
            db.Agents.Add(agent);
            db.Channels.AddRange(api, telegram);
            await db.SaveChangesAsync(CancellationToken.None);
            return new SeededWorkspace(store, workspace, agent, api, telegram);
        });
    }

    /// <summary>Conversations of one message each, a minute apart; every tenth is closed or mine, every other one is unread.</summary>
    /// <returns>Their ids, oldest first.</returns>
    public async Task<IReadOnlyList<long>> BeginAsync(int conversations, long? channelId = null)
    {
        var ids = new List<long>();
        foreach (var numbers in Enumerable.Range(0, conversations).Chunk(RowsASave))
        {
            ids.AddRange(await _store.CommitAsync(async db =>
            {
                var channel = await db.Channels.SingleAsync(c => c.Id == (channelId ?? Api));
                var begun = numbers.Select(n => Begin(db, channel, n)).ToList();
                await db.SaveChangesAsync(CancellationToken.None);
                return begun.ConvertAll(c => c.Id);
            }));
        }

        return ids;
    }

    /// <summary>The customer goes on writing.</summary>
    public async Task WriteAsync(long conversationId, int messages)
    {
        foreach (var numbers in Enumerable.Range(0, messages).Chunk(RowsASave))
        {
            await _store.CommitAsync(async db =>
            {
                var conversation = await db.Conversations.SingleAsync(c => c.Id == conversationId);
                db.Messages.AddRange(numbers.Select(_ => conversation.Receive(Incoming("And another thing …"), conversation.UpdatedAt.AddSeconds(1))));
                await db.SaveChangesAsync(CancellationToken.None);
            });
        }
    }

    /// <summary>The agent answers, and nothing has been sent of it yet.</summary>
    /// <returns>The message's id.</returns>
    public Task<long> AnswerAsync(long conversationId, params string[] parts) =>
        _store.CommitAsync(async db =>
        {
            var conversation = await db.Conversations.SingleAsync(c => c.Id == conversationId);
            var message = conversation.Answer(new OutgoingMessage("An answer", AgentId), parts.Select(p => new OutgoingPiece(p)), conversation.UpdatedAt.AddSeconds(1));
            db.Messages.Add(message);
            await db.SaveChangesAsync(CancellationToken.None);
            return message.Id;
        });

    public static IncomingMessage Incoming(string content = "Hello") => new("text", content, Guid.NewGuid().ToString("N"));

    private long Vip(DbContext db)
    {
        var tag = db.Set<Tag>().SingleOrDefault(t => t.WorkspaceId == Id && t.Name == "vip");
        if (tag is null)
        {
            db.Add(tag = new Tag(Id, "vip", colour: null, Start));
            db.SaveChanges();
        }

        return tag.Id;
    }

    private Conversation Begin(DbContext db, ChannelAccount channel, int n)
    {
        var at = Start.AddMinutes(n);
        var address = $"customer-{Guid.NewGuid():N}";
        var customer = new Customer(Id, channel.Source, new CustomerProfile($"First{n}", $"Last{n}", $"user{n}"), at);
        var conversation = new Conversation(channel, customer, address, at);
        db.Add(new ChannelAddress(Id, channel.Id, address, customer));
        db.Add(conversation);
        db.Add(conversation.Receive(Incoming(), at));
        if (n % 2 == 0)
        {
            conversation.MarkRead(AgentId, 1, 0);
        }

        if (n % 10 == 1)
        {
            conversation.ChangeStatus(ConversationStatus.Closed, at);
        }

        if (n % 10 == 2)
        {
            db.Entry(conversation).Property(nameof(Conversation.AssignedTo)).CurrentValue = AgentId;
        }

        if (n % 10 == 3)
        {
            conversation.Retag([Vip(db)], AgentId);
        }

        return conversation;
    }
}
