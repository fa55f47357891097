using Fiko.Application.Messaging;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Fiko.Domain.Customers;
using Fiko.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.IntegrationTests;

public abstract class CommittingAUnitOfWork(IDatabases databases) : PersistenceContract(databases)
{
    private static readonly DateTimeOffset Now = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    [Fact]
    public async Task Nothing_is_written_outside_a_command()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Store.ReadAsync(db =>
        {
            db.Add(NewCustomer("Nobody"));
            return db.SaveChangesAsync(Ct);
        }));

        Assert.Contains("Only a command writes", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync(db => db.Customers));
    }

    [Fact]
    public async Task What_a_failed_command_saved_is_not_kept()
    {
        await Assert.ThrowsAsync<NotSupportedException>(() => Store.CommitAsync(async db =>
        {
            db.Add(NewCustomer("Gone"));
            await db.SaveChangesAsync(Ct);
            throw new NotSupportedException();
        }));

        Assert.Equal(0, await CountAsync(db => db.Customers));
    }

    [Fact]
    public async Task A_command_inside_another_shares_its_fate()
    {
        await using var scope = Store.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IFikoDb>();
        var unit = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();

        await Assert.ThrowsAsync<NotSupportedException>(() => unit.CommitAsync<int>(
            async () =>
            {
                await unit.CommitAsync(
                    () =>
                    {
                        db.Customers.Add(NewCustomer("Inner"));
                        return db.SaveChangesAsync(Ct);
                    },
                    Ct);
                throw new NotSupportedException();
            },
            Ct));

        Assert.Equal(0, await CountAsync(all => all.Customers));
    }

    [Fact]
    public async Task A_scope_reads_on_after_its_command()
    {
        await using var scope = Store.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IFikoDb>();
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().CommitAsync(
            () =>
            {
                db.Customers.Add(NewCustomer("First"));
                return db.SaveChangesAsync(Ct);
            },
            Ct);

        await Store.CommitAsync(other =>
        {
            other.Add(NewCustomer("Second"));
            return other.SaveChangesAsync(Ct);
        });

        Assert.Equal(2, await db.Customers.CountAsync(Ct));
    }

    [Fact]
    public async Task Failing_commands_take_nothing_with_them()
    {
        var all = Enumerable.Range(0, 200).Select(n => Store.CommitAsync(async db =>
        {
            db.Add(NewCustomer($"{n}"));
            await db.SaveChangesAsync(Ct);
            if (n % 5 == 0)
            {
                throw new NotSupportedException();
            }
        })).ToList();
        await Task.WhenAll(all).ContinueWith(_ => { }, Ct, TaskContinuationOptions.None, TaskScheduler.Default);

        Assert.Equal(40, all.Count(t => t.Exception?.InnerException is NotSupportedException));
        Assert.Equal(160, all.Count(t => t.IsCompletedSuccessfully));
        Assert.Equal(160, await CountAsync(db => db.Customers));
    }

    [Fact]
    public async Task Of_two_who_change_one_conversation_the_second_sees_the_first()
    {
        var id = (await Workspace.BeginAsync(1))[0];

        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Store.SendAsync(
            new SendMessage(Workspace.Caller, new ConversationId(id), $"Answer {n}"))));

        var numbers = await Store.ReadAsync(db => db.Messages.Where(m => m.ConversationId == id).OrderBy(m => m.Seq).Select(m => m.Seq).ToListAsync(Ct));
        Assert.Equal(Enumerable.Range(1, 21).Select(n => (long?)n), numbers);
    }

    [Fact]
    public async Task A_row_that_somebody_else_changed_is_not_overwritten()
    {
        var id = (await Workspace.BeginAsync(1))[0];
        WriteConflictException? refusal = null;
        var attempts = 0;

        await Store.CommitAsync(async db =>
        {
            var conversation = await db.Conversations.SingleAsync(c => c.Id == id, Ct);
            if (++attempts == 1)
            {
                db.Entry(conversation).Property(c => c.Version).OriginalValue--;
            }

            conversation.ChangeStatus(ConversationStatus.Closed, conversation.UpdatedAt);
            try
            {
                await db.SaveChangesAsync(Ct);
            }
            catch (WriteConflictException conflict)
            {
                refusal = conflict;
                throw;
            }
        });

        Assert.IsType<DbUpdateConcurrencyException>(refusal?.InnerException);
        Assert.Equal(2, attempts);
    }

    [Fact]
    public async Task A_delivery_is_claimed_by_one()
    {
        var id = (await Workspace.BeginAsync(1, Workspace.Telegram))[0];
        await Workspace.AnswerAsync(id, "one", "two");

        var claims = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Store.SendAsync(new ClaimDelivery(id))));

        Assert.Single(claims, c => c.Part is not null);
    }

    private Customer NewCustomer(string name) => new(Workspace.Id, "api", new CustomerProfile(name), Now);
}

public sealed class CommittingAUnitOfWorkOnSqlite(SqliteDatabases databases) : CommittingAUnitOfWork(databases);

public sealed class CommittingAUnitOfWorkOnSqlServer(SqlServerDatabases databases) : CommittingAUnitOfWork(databases);
