using Fiko.Application.Audit;
using Fiko.Application.Shared;
using Fiko.Domain.Customers;
using Fiko.IntegrationTests.Hosting;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.IntegrationTests;

public abstract class AuditingACommand(IDatabases databases) : PersistenceContract(databases)
{
    [Fact]
    public async Task A_change_and_its_entry_are_one_commit()
    {
        await using var store = NewStore();

        await store.SendAsync(new AddCustomer(Workspace.Caller, "Kept"));

        Assert.Equal(1, await CountAsync(db => db.Customers));
        var entry = await Store.ReadAsync(db => db.AuditEntries.SingleAsync(Ct));
        Assert.Equal((Workspace.Id, Workspace.Caller.AgentId, "customer.added"), (entry.WorkspaceId, entry.AgentId, entry.Action));
        Assert.Equal("""{"count":1,"names":["first_name"]}""", entry.Facts);
    }

    [Fact]
    public async Task A_change_whose_entry_cannot_be_written_is_not_kept()
    {
        await using var store = NewStore();

        await Assert.ThrowsAsync<NotSupportedException>(() => store.SendAsync(new AddCustomer(Workspace.Caller, "Gone", Fails: true)));

        Assert.Equal(0, await CountAsync(db => db.Customers));
        Assert.Equal(0, await CountAsync(db => db.AuditEntries));
    }

    [Fact]
    public async Task A_command_that_was_run_again_is_noted_once()
    {
        await using var store = NewStore();
        var command = new AddCustomer(Workspace.Caller, "Second", Conflicts: 1);

        await store.SendAsync(command);

        Assert.Equal(2, command.Attempts);
        Assert.Equal(1, await CountAsync(db => db.Customers));
        Assert.Equal(1, await CountAsync(db => db.AuditEntries));
    }

    private Store NewStore() => new(Store.Database, parts => parts.AddTransient<IRequestHandler<AddCustomer, int>, AddCustomerHandler>());

    private sealed record AddCustomer(Caller By, string Name, bool Fails = false, int Conflicts = 0) : ICommand<int>, IAudited<int>
    {
        public int Attempts { get; set; }

        public AuditNote? Audit(int result) =>
            Fails ? throw new NotSupportedException() : new("customer.added", "customer_1", new Dictionary<string, object?> { ["count"] = result, ["names"] = new[] { "first_name" } });
    }

    private sealed class AddCustomerHandler(IFikoDb db, TimeProvider time) : IRequestHandler<AddCustomer, int>
    {
        public async Task<int> Handle(AddCustomer add, CancellationToken ct)
        {
            db.Customers.Add(new Customer(add.By.WorkspaceId, "api", new CustomerProfile(add.Name, null), time.Now()));
            var rows = await db.SaveChangesAsync(ct);
            return add.Attempts++ < add.Conflicts ? throw new WriteConflictException("Somebody was faster", new InvalidOperationException()) : rows;
        }
    }
}

public sealed class AuditingACommandOnSqlite(SqliteDatabases databases) : AuditingACommand(databases);

public sealed class AuditingACommandOnSqlServer(SqlServerDatabases databases) : AuditingACommand(databases);
