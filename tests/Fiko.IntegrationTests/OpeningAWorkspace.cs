using Fiko.Application.Agents;
using Fiko.Domain.Agents;
using Fiko.Domain.Shared;
using Fiko.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Fiko.IntegrationTests;

public abstract class OpeningAWorkspace(IDatabases databases) : PersistenceContract(databases)
{
    [Fact]
    public async Task It_is_there_with_its_owner()
    {
        var created = await Store.SendAsync(new CreateOwner("Shop", $"{Guid.NewGuid():N}@people.test", "long enough", "Ada"));

        var owner = await Store.ReadAsync(db => db.Agents.SingleAsync(a => a.Id == created.AgentId, Ct));
        Assert.Equal((created.WorkspaceId, Role.Owner, "Ada"), (owner.WorkspaceId, owner.Role, owner.FirstName));
    }

    [Fact]
    public async Task An_address_that_somebody_has_is_refused_and_nothing_is_opened()
    {
        var email = $"{Guid.NewGuid():N}@people.test";
        await Store.SendAsync(new CreateOwner("Shop", email, "long enough"));
        var before = await CountAsync(db => db.Workspaces);

        await Assert.ThrowsAsync<RuleBrokenException>(() => Store.SendAsync(new CreateOwner("Another", email, "long enough")));

        Assert.Equal(before, await CountAsync(db => db.Workspaces));
    }
}

public sealed class OpeningAWorkspaceOnSqlite(SqliteDatabases databases) : OpeningAWorkspace(databases);

public sealed class OpeningAWorkspaceOnSqlServer(SqlServerDatabases databases) : OpeningAWorkspace(databases);
