using Fiko.Application.Shared;
using Fiko.FunctionalTests.Hosting;
using Fiko.FunctionalTests.Telegram;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Instances;

public sealed class PollingABotTogether
{
    [Fact]
    public async Task One_of_two_instances_polls_and_the_other_goes_on_when_it_stops()
    {
        await using var one = new PollingServer();
        await one.InitializeAsync();
        var telegram = await TelegramWorkspace.CreateAsync(one, one.Platform);
        await Eventually.SeesAsync(() => FetchesAsync(one, telegram), fetches => fetches, "the first instance to poll");
        await using var two = new FikoServer { Beside = one };
        foreach (var (key, value) in one.Settings)
        {
            two.Settings[key] = value;
        }

        await two.InitializeAsync();
        await telegram.BeginAsync(CustomersSide.NewCustomer(), "to the first");
        var fetchedByBoth = await FetchesAsync(two, telegram);
        one.Terminate();
        await telegram.Customers.WriteAsync(CustomersSide.NewCustomer(), "to the second");

        await Eventually.SeesAsync(() => FetchesAsync(two, telegram), fetches => fetches, "the second instance to poll");
        await Eventually.SeesAsync(() => StoredAsync(two), stored => stored == 2, "both updates");
        Assert.False(fetchedByBoth);
        Assert.DoesNotContain(one.Log.Lines.Concat(two.Log.Lines), l => l.Contains("409", StringComparison.Ordinal));
    }

    private static async Task<int> StoredAsync(FikoServer server)
    {
        await using var scope = server.Provider.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IFikoDb>().InboundUpdates.CountAsync();
    }

    private static Task<bool> FetchesAsync(FikoServer server, TelegramWorkspace telegram) =>
        Task.FromResult(server.Log.Lines.Any(l => l.Contains($"Fetching updates of channel {telegram.Channel} ", StringComparison.Ordinal)));
}
