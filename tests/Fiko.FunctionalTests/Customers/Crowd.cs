using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Customers;
using Fiko.FunctionalTests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Customers;

/// <summary>More customers than would care to write one after the other.</summary>
internal static class Crowd
{
    public static async Task GatherAsync(FikoServer server, TestWorkspace workspace, int count, string? description = null)
    {
        foreach (var numbers in Enumerable.Range(0, count).Chunk(1000))
        {
            await using var scope = server.Provider.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<IFikoDb>();
            await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().CommitAsync(
                async () =>
                {
                    foreach (var n in numbers)
                    {
                        var customer = new Customer(workspace.Id, ChannelName.Api, new CustomerProfile("Crowd", $"{n}"), TimeProvider.System.Now());
                        customer.Edit(customer.Details with { Description = description }, named: false);
                        db.Customers.Add(customer);
                    }

                    return await db.SaveChangesAsync(CancellationToken.None);
                },
                CancellationToken.None);
        }
    }
}
