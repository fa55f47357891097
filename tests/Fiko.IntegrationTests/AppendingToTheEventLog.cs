using Fiko.Application.Channels;
using Fiko.Application.Messaging;
using Fiko.Domain.Customers;
using Fiko.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Fiko.IntegrationTests;

public abstract class AppendingToTheEventLog(IDatabases databases) : PersistenceContract(databases)
{
    [Fact]
    public async Task Positions_rise_by_one_within_each_workspace_however_many_write()
    {
        var workspaces = new[] { Workspace, await SeededWorkspace.CreateAsync(Store), await SeededWorkspace.CreateAsync(Store) };

        await Task.WhenAll(Enumerable.Range(0, 50).Select(n => Store.SendAsync(Wrote(workspaces[n % 3], chat: $"chat {n / 2}"))));

        foreach (var workspace in workspaces)
        {
            var positions = await Store.ReadAsync(db => db.Events
                .Where(e => e.WorkspaceId == workspace.Id).OrderBy(e => e.Position).Select(e => e.Position).ToListAsync(Ct));
            Assert.InRange(positions.Count, 16, 17);
            Assert.Equal(Enumerable.Range(1, positions.Count).Select(p => (long)p), positions);
            Assert.Equal(positions.Count, await Store.HeadAsync(workspace.Id));
        }
    }

    [Fact]
    public async Task An_event_is_kept_with_its_change_and_heard_of_after_both()
    {
        (long Head, int Messages, int Events)? seen = null;
        Store.Heard.Then = _ => seen = LookAsync().GetAwaiter().GetResult();

        await Store.SendAsync(Wrote(Workspace, "1"));

        Assert.Equal((1L, 1, 1), seen);
        Assert.Equal(1, Store.Heard.All[^1].Logs[Workspace.Id].Last);

        Task<(long, int, int)> LookAsync() => Store.ReadAsync(async db => (
            await db.Workspaces.Where(w => w.Id == Workspace.Id).Select(w => w.Head).SingleAsync(Ct),
            await db.Messages.CountAsync(Ct),
            await db.Events.CountAsync(Ct)));
    }

    [Fact]
    public async Task A_failed_save_appends_nothing_and_is_never_heard_of()
    {
        var id = (await Workspace.BeginAsync(1))[0];
        var (head, heard) = (await Store.HeadAsync(Workspace.Id), Store.Heard.All.Count);

        await Assert.ThrowsAsync<NotSupportedException>(() => Store.CommitAsync(async db =>
        {
            var conversation = await db.Conversations.SingleAsync(c => c.Id == id, Ct);
            db.Add(conversation.Receive(SeededWorkspace.Incoming(), conversation.UpdatedAt));
            await db.SaveChangesAsync(Ct);
            throw new NotSupportedException();
        }));

        Assert.Equal(head, await Store.HeadAsync(Workspace.Id));
        Assert.Equal(head, await CountAsync(db => db.Events));
        Assert.Equal(heard, Store.Heard.All.Count);
    }

    [Fact]
    public async Task An_attempt_that_lost_a_race_is_not_heard_of_and_the_next_one_is_heard_once()
    {
        var id = (await Workspace.BeginAsync(1))[0];
        var (head, heard, attempts) = (await Store.HeadAsync(Workspace.Id), Store.Heard.All.Count, 0);

        await Store.CommitAsync(async db =>
        {
            var conversation = await db.Conversations.SingleAsync(c => c.Id == id, Ct);
            if (++attempts == 1)
            {
                db.Entry(conversation).Property(c => c.Version).OriginalValue--;
            }

            db.Add(conversation.Receive(SeededWorkspace.Incoming(), conversation.UpdatedAt));
            await db.SaveChangesAsync(Ct);
        });

        Assert.Equal(heard + 1, Store.Heard.All.Count);
        Assert.Equal(head + 1, Store.Heard.All[^1].Logs[Workspace.Id].Last);
        Assert.Equal(head + 1, await Store.HeadAsync(Workspace.Id));
    }

    [Fact]
    public async Task Events_of_one_command_stand_in_the_order_they_happened()
    {
        var id = (await Workspace.BeginAsync(1))[0];
        var head = await Store.HeadAsync(Workspace.Id);

        await Store.CommitAsync(async db =>
        {
            var conversation = await db.Conversations.Include(c => c.Customer).SingleAsync(c => c.Id == id, Ct);
            conversation.ChangeStatus(Domain.Conversations.ConversationStatus.Closed, conversation.UpdatedAt);
            db.Add(conversation.Receive(SeededWorkspace.Incoming(), conversation.UpdatedAt));
            conversation.Follow(new CustomerProfile("New name"));
            await db.SaveChangesAsync(Ct);
        });

        var names = await Store.ReadAsync(db => db.Events
            .Where(e => e.WorkspaceId == Workspace.Id && e.Position > head).OrderBy(e => e.Position).Select(e => e.Name).ToListAsync(Ct));
        Assert.Equal(["conversation_status_changed", "conversation_status_changed", "message_received", "customer_changed"], names);
    }

    [Fact]
    public async Task Texts_are_not_in_the_log()
    {
        await Store.SendAsync(Wrote(Workspace, "1", text: "a secret between us"));

        Assert.DoesNotContain(await Store.ReadAsync(db => db.Events.Select(e => e.Facts).ToListAsync(Ct)), f => f.Contains("secret", StringComparison.Ordinal));
    }

    private static ReceiveMessage Wrote(SeededWorkspace workspace, string chat, string text = "Hello") =>
        new(workspace.Api, new CustomerWrote(chat, new CustomerProfile("Ali"), Guid.NewGuid().ToString("N"), "text", text));
}

public sealed class AppendingToTheEventLogOnSqlite(SqliteDatabases databases) : AppendingToTheEventLog(databases);

public sealed class AppendingToTheEventLogOnSqlServer(SqlServerDatabases databases) : AppendingToTheEventLog(databases);
