using Fiko.Application.Channels;
using Fiko.Application.Messaging;
using Fiko.Domain.Customers;
using Fiko.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Fiko.IntegrationTests;

public abstract class ReadingOneMoment(IDatabases databases) : PersistenceContract(databases)
{
    [Fact]
    public async Task What_is_committed_meanwhile_is_not_seen()
    {
        await Store.SendAsync(Wrote());

        await Store.ReadAsync(async db =>
        {
            await using (await db.ReadOneMomentAsync(Ct))
            {
                Assert.Equal(1, await db.Messages.CountAsync(Ct));

                await Store.SendAsync(Wrote());

                Assert.Equal(1, await db.Messages.CountAsync(Ct));
                Assert.Equal(1, await db.Events.CountAsync(Ct));
            }

            Assert.Equal(2, await db.Messages.CountAsync(Ct));
            return true;
        });
    }

    [Fact]
    public async Task All_reads_agree_while_others_write()
    {
        var writing = Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Store.SendAsync(Wrote())));

        do
        {
            var (head, events, messages) = await Store.ReadAsync(async db =>
            {
                await using var moment = await db.ReadOneMomentAsync(Ct);
                return (
                    await db.Workspaces.Where(w => w.Id == Workspace.Id).Select(w => w.Head).SingleAsync(Ct),
                    await db.Events.LongCountAsync(Ct),
                    await db.Messages.LongCountAsync(Ct));
            });

            Assert.Equal((head, head), (events, messages));
        }
        while (!writing.IsCompleted);

        await writing;
    }

    [Fact]
    public async Task A_moment_within_a_command_is_the_commands_own()
    {
        await Store.CommitAsync(async db =>
        {
            db.Add(new Customer(Workspace.Id, "api", new CustomerProfile("Ali"), default));
            await db.SaveChangesAsync(Ct);
            await using var moment = await db.ReadOneMomentAsync(Ct);

            Assert.Equal(1, await db.Customers.CountAsync(Ct));
        });

        Assert.Equal(1, await CountAsync(db => db.Customers));
    }

    private ReceiveMessage Wrote() =>
        new(Workspace.Api, new CustomerWrote(Guid.NewGuid().ToString("N"), new CustomerProfile("Ali"), "1", "text", "Hello"));
}

public sealed class ReadingOneMomentOnSqlite(SqliteDatabases databases) : ReadingOneMoment(databases);

public sealed class ReadingOneMomentOnSqlServer(SqlServerDatabases databases) : ReadingOneMoment(databases);
