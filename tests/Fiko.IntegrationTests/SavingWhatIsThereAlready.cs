using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Fiko.Domain.Customers;
using Fiko.Infrastructure.Persistence;
using Fiko.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Fiko.IntegrationTests;

/// <summary>Each constraint that decides a race: the second is refused as a conflict, and its command is run again.</summary>
public abstract class SavingWhatIsThereAlready(IDatabases databases) : PersistenceContract(databases)
{
    private static readonly DateTimeOffset Now = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    [Fact]
    public Task One_address_on_a_channel_is_one_customer() => RefusedAsync((db, _) =>
    {
        db.Add(Address("Ali"));
        db.Add(Address("Also Ali"));
    });

    [Fact]
    public Task A_customer_has_one_open_conversation_on_a_channel() => RefusedAsync(async (db, conversation) =>
    {
        var channel = await db.Channels.SingleAsync(c => c.Id == conversation.ChannelId, Ct);
        db.Add(new Conversation(channel, conversation.Customer, conversation.Chat, Now));
    });

    [Fact]
    public async Task Closed_conversations_do_not_stand_in_the_way()
    {
        var id = (await Workspace.BeginAsync(1))[0];

        await Store.CommitAsync(async db =>
        {
            var old = await db.Conversations.Include(c => c.Customer).SingleAsync(c => c.Id == id, Ct);
            old.ChangeStatus(ConversationStatus.Closed, old.UpdatedAt);
            await db.SaveChangesAsync(Ct);
            db.Add(new Conversation(await db.Channels.SingleAsync(c => c.Id == old.ChannelId, Ct), old.Customer, old.Chat, Now));
            await db.SaveChangesAsync(Ct);
        });

        Assert.Equal(2, await CountAsync(db => db.Conversations));
    }

    [Fact]
    public Task A_number_in_a_conversation_is_given_once() => RefusedAsync((db, conversation) =>
    {
        var message = conversation.Receive(SeededWorkspace.Incoming(), Now);
        db.Add(message);
        db.Entry(message).Property(m => m.Seq).CurrentValue = 1;
    });

    [Fact]
    public Task A_client_id_names_one_message_of_a_conversation() => RefusedAsync((db, conversation) =>
        db.AddRange(Answer(conversation, "one"), Answer(conversation, "one")));

    [Fact]
    public async Task The_same_client_id_may_come_in_two_conversations()
    {
        await Workspace.BeginAsync(2);

        await Store.CommitAsync(async db =>
        {
            db.AddRange((await db.Conversations.ToListAsync(Ct)).Select(c => Answer(c, "one")));
            await db.SaveChangesAsync(Ct);
        });

        Assert.Equal(2, await CountAsync(db => db.Messages.Where(m => m.ClientId == "one")));
    }

    [Fact]
    public Task An_update_of_a_channel_is_stored_once() => RefusedAsync((db, _) => db.AddRange(Update("7"), Update("7")));

    [Fact]
    public Task A_platforms_message_of_a_chat_is_received_once() => RefusedAsync((db, conversation) =>
    {
        var twice = SeededWorkspace.Incoming();
        db.AddRange(conversation.Receive(twice, Now), conversation.Receive(twice, Now));
    });

    [Fact]
    public Task A_platforms_message_of_a_chat_is_one_delivery() => RefusedAsync((db, conversation) =>
    {
        var message = conversation.Answer(new OutgoingMessage("Two parts", Workspace.AgentId), [new("one"), new("two")], Now);
        db.Add(message);
        foreach (var part in message.Deliveries)
        {
            part.Begin(Now);
            part.Succeed(scope: "", "99");
        }
    });

    [Fact]
    public Task An_email_is_one_agents() => RefusedAsync((db, _) =>
        db.AddRange(Agent("reza@fiko.test"), Agent(" Reza@Fiko.test ")));

    [Fact]
    public Task A_refresh_token_is_one_sessions() => RefusedAsync(async (db, _) =>
    {
        var agent = await db.Agents.SingleAsync(a => a.Id == Workspace.AgentId, Ct);
        var hash = new string('a', 64);
        db.AddRange(new RefreshToken(new Session(agent, Now, Now), hash, Now), new RefreshToken(new Session(agent, Now, Now), hash, Now));
    });

    [Fact]
    public Task A_position_in_a_workspaces_log_is_given_once() => RefusedAsync((db, conversation) =>
        db.Add(new LoggedEvent { WorkspaceId = Workspace.Id, Position = 1, Name = "conversation_read", ConversationId = conversation.Id, Facts = "{}" }));

    [Fact]
    public Task A_platforms_account_is_one_channel() => RefusedAsync((db, _) =>
        db.AddRange(Bot("123"), Bot("123")));

    // What stands there differs by one letter's case: platforms mean two things by that.
    [Fact]
    public async Task Ids_are_compared_exactly()
    {
        await Workspace.BeginAsync(1);

        await Store.CommitAsync(async db =>
        {
            var conversation = await db.Conversations.SingleAsync(Ct);
            db.AddRange(Answer(conversation, "abc"), Answer(conversation, "ABC"));
            db.AddRange(Update("abc"), Update("ABC"));
            db.AddRange(conversation.Receive(new("text", "1", "abc"), Now), conversation.Receive(new("text", "2", "ABC"), Now));
            await db.SaveChangesAsync(Ct);
        });

        Assert.Equal(1, await CountAsync(db => db.Messages.Where(m => m.ClientId == "ABC")));
        Assert.Equal(1, await CountAsync(db => db.Messages.Where(m => m.ExternalId == "abc")));
    }

    private Message Answer(Conversation conversation, string clientId) =>
        conversation.AnswerAtOnce(new OutgoingMessage("An answer", Workspace.AgentId, clientId), Now);

    private ChannelAddress Address(string name) =>
        new(Workspace.Id, Workspace.Api, "42", new Customer(Workspace.Id, ChannelName.Api, new CustomerProfile(name), Now));

    private InboundUpdate Update(string key) => new(Workspace.Telegram, key, "lane", "{}", Now);

    private Agent Agent(string email) => new(Workspace.Id, email, "Reza", "", Role.Agent, Now);

    private ChannelAccount Bot(string id) => new(Workspace.Id, ChannelName.Telegram, "Bot", null, id, Now);

    private Task RefusedAsync(Action<FikoDbContext, Conversation> add) => RefusedAsync((db, conversation) =>
    {
        add(db, conversation);
        return Task.CompletedTask;
    });

    private async Task RefusedAsync(Func<FikoDbContext, Conversation, Task> add)
    {
        var id = (await Workspace.BeginAsync(1))[0];
        WriteConflictException? refusal = null;
        var attempts = 0;

        await Store.CommitAsync(async db =>
        {
            if (++attempts > 1)
            {
                return;
            }

            await add(db, await db.Conversations.Include(c => c.Customer).SingleAsync(c => c.Id == id, Ct));
            refusal = await Assert.ThrowsAsync<WriteConflictException>(() => db.SaveChangesAsync(Ct));
            throw refusal;
        });

        Assert.IsAssignableFrom<DbUpdateException>(refusal?.InnerException);
        Assert.Equal(2, attempts);
        Assert.Equal(1, await CountAsync(db => db.Messages));
    }
}

public sealed class SavingWhatIsThereAlreadyOnSqlite(SqliteDatabases databases) : SavingWhatIsThereAlready(databases);

public sealed class SavingWhatIsThereAlreadyOnSqlServer(SqlServerDatabases databases) : SavingWhatIsThereAlready(databases);
