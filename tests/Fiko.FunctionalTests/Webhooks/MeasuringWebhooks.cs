using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Webhooks;

public sealed class MeasuringWebhooks(ITestOutputHelper output)
{
    // Enough to see that all arrive; a thousand and more, with -showLiveOutput, say how fast.
    private static readonly int Events = int.TryParse(Environment.GetEnvironmentVariable("FIKO_WEBHOOK_EVENTS"), out var events) ? events : 100;

    [Theory]
    [InlineData(200)]
    [InlineData(1)]
    public async Task A_backlog_goes_out_whole(int conversations)
    {
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
