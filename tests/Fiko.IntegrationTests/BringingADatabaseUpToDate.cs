using Fiko.Infrastructure.Persistence;
using Fiko.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.IntegrationTests;

public abstract class BringingADatabaseUpToDate(IDatabases databases)
{
    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_database_becomes_the_model()
    {
        await using var database = await databases.CreateAsync(migrated: false);
        await using var store = new Store(database);
        Assert.False(await IsUpToDateAsync(store));

        await store.MigrateAsync(Ct);

        Assert.True(await IsUpToDateAsync(store));
        foreach (var table in await store.ReadAsync(db => Task.FromResult(db.Model.GetEntityTypes().Select(t => t.GetTableName()!).Distinct().ToArray())))
        {
            Assert.Equal(0, await RowsAsync(store, table));
        }
    }

    [Fact]
    public async Task Doing_it_twice_changes_nothing()
    {
        await using var database = await databases.CreateAsync(migrated: false);
        await using var store = new Store(database);
        await store.MigrateAsync(Ct);
        var workspace = await SeededWorkspace.CreateAsync(store);

        await store.MigrateAsync(Ct);

        Assert.Equal(0, await store.HeadAsync(workspace.Id));
    }

    [Fact]
    public async Task Servers_that_start_at_once_do_not_collide()
    {
        await using var database = await databases.CreateAsync(migrated: false);
        var servers = Enumerable.Range(0, 4).Select(_ => new Store(database)).ToList();

        await Task.WhenAll(servers.ConvertAll(s => Task.Run(() => s.MigrateAsync(Ct), Ct)));

        Assert.True(await IsUpToDateAsync(servers[0]));
        foreach (var server in servers)
        {
            await server.DisposeAsync();
        }
    }

    private static async Task<bool> IsUpToDateAsync(Store store)
    {
        await using var scope = store.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Schema>().WhatIsMissingAsync(Ct) is null;
    }

    private static Task<int> RowsAsync(Store store, string table)
    {
        var sql = $"SELECT COUNT(*) AS Value FROM {table}";
        return store.ReadAsync(db => db.Database.SqlQueryRaw<int>(sql).SingleAsync(Ct));
    }
}

public sealed class BringingSqliteUpToDate(SqliteDatabases databases) : BringingADatabaseUpToDate(databases)
{
    private readonly SqliteDatabases _databases = databases;

    // As the first version wrote them; there are no older databases on SQL Server.
    private const string OldRows =
        """
        INSERT INTO workspaces (Id, Name, LogStamp, Head, CreatedAt) VALUES (1, 'Old', 'aaaaaaaa', 0, 0);
        INSERT INTO channels (Id, WorkspaceId, Source, Name, Polls, PollOffset, Status, CreatedAt) VALUES (1, 1, 'telegram', 'Bot', 0, 0, 'Active', 0);
        INSERT INTO customers (Id, WorkspaceId, Source, FirstName, LastName, CreatedAt) VALUES (1, 1, 'telegram', 'Negar', '', 0);
        INSERT INTO conversations (Id, WorkspaceId, ChannelId, Source, CustomerId, Chat, Status, Priority, Tags, LastSeq, UnreadCount, ReadUpToSeq, CreatedAt, UpdatedAt, Version)
            VALUES (1, 1, 1, 'telegram', 1, '66', 'Active', 2, '[]', 2, 1, 0, 0, 0, 1);
        INSERT INTO messages (Id, ConversationId, ChannelId, Seq, Author, Kind, Content, Chat, ExternalId, CreatedAt)
            VALUES (1, 1, 1, 1, 'Customer', 'text', 'hi', '66', '512', 0);
        INSERT INTO messages (Id, ConversationId, ChannelId, Seq, Author, Kind, Content, Status, CreatedAt) VALUES (2, 1, 1, 2, 'Support', 'text', 'hello', 'Sent', 0);
        INSERT INTO deliveries (Id, MessageId, ConversationId, ChannelId, Chat, Part, Text, Status, Attempts, DueAt, ExternalId, CreatedAt, Version)
            VALUES (1, 2, 1, 1, '66', 0, 'hello', 'Sent', 1, 0, '513', 0, 1);
        """;

    [Fact]
    public async Task What_the_platforms_called_older_messages_is_still_known()
    {
        await using var database = await _databases.CreateAsync(migrated: false);
        await using var store = new Store(database);
        await store.ReadAsync(async db =>
        {
            await db.GetService<IMigrator>().MigrateAsync("Initial", Ct);
            return await db.Database.ExecuteSqlRawAsync(OldRows, Ct);
        });

        await store.MigrateAsync(Ct);

        var known = await store.ReadAsync(db => db.PlatformIds.OrderBy(p => p.MessageId).Select(p => $"{p.Scope}/{p.ExternalId} is {p.MessageId}").ToListAsync(Ct));
        Assert.Equal(["66/512 is 1", "66/513 is 2"], known);
    }
}

public sealed class BringingSqlServerUpToDate(SqlServerDatabases databases) : BringingADatabaseUpToDate(databases);
