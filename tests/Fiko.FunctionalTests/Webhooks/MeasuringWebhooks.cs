using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Webhooks;

public sealed class MeasuringWebhooks(ITestOutputHelper output)
{
    /// <summary>How fast a backlog goes to a receiver on the same machine; run with <c>-explicit only</c>.</summary>
    [Theory(Explicit = true)]
    [InlineData(200)]
    [InlineData(1)]
    public async Task Events_a_second(int conversations)
    {
        const int Events = 2000;
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = new BusyServer();
        await server.InitializeAsync();
        var workspace = await TestWorkspace.CreateAsync(server);
        var webhook = await Subscriber.CreateAsync(server, workspace.Owner, receiver, "message_received");
        await webhook.ChangeAsync(new { is_active = false });
        await Parallel.ForAsync(0, Events, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (n, _) => await workspace.WriteAsync($"c{n % conversations}", $"{n}"));
        var began = TimeProvider.System.GetTimestamp();

        await webhook.ChangeAsync(new { is_active = true });
        await receiver.TookAsync(Events);

        var took = TimeProvider.System.GetElapsedTime(began);
        output.WriteLine($"{Events} events of {conversations} conversations in {took.TotalSeconds:0.0} s: {Events / took.TotalSeconds:0} a second");
        Assert.Equal(Events, receiver.Calls.Count);
    }
}
