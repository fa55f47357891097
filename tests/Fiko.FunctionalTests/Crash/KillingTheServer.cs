using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Crash;

public sealed class KillingTheServer(FikoServer platform) : IClassFixture<FikoServer>
{
    private const int FramesBetweenKills = 10;
    private static readonly TimeSpan Finishing = TimeSpan.FromSeconds(90);

    // What goes wrong before each of the kills.
    private static readonly string[][] Kills = [["server_error", "cut_after"], ["bad_gateway", "timeout"], ["cut_before"]];

    [Fact]
    public async Task Under_load_loses_nothing_that_was_shown_and_sends_nothing_twice()
    {
        await using var server = new ServerProcess(
            platform, "--Delivery:InlineWait=00:00:00.200", "--Delivery:SendTimeout=00:00:01", "--Delivery:LeaseSlack=00:00:00.500", "--Delivery:Backoff=00:00:00.050");
        await server.StartAsync();
        var token = await server.LogInAsync();
        var chats = await BeginAsync(server, token, chats: 3);
        using var end = new CancellationTokenSource();
        var customers = new CustomersSide(platform.Http, bot: "");

        var load = Task.WhenAll(chats.Select(c => c.RunAsync(end.Token)));
        foreach (var faults in Kills)
        {
            foreach (var fault in faults)
            {
                await customers.FailNextAsync(fault);
                await customers.MeetFaultsAsync();
            }

            await Task.WhenAll(chats.Select(c => c.ShowsAsync(FramesBetweenKills)));
            await customers.FailNextAsync("timeout", count: 2);
            await customers.MeetFaultsAsync();
            await server.KillAsync();
            await server.StartAsync();
        }

        await end.CancelAsync();
        await load;
        await Eventually.SeesAsync(server.CountUnfinishedAsync, unfinished => unfinished == 0, "every accepted message to be finished", Finishing);
        foreach (var chat in chats)
        {
            await Eventually.SeesAsync(chat.HasEverythingWrittenAsync, complete => complete, "all that the customer wrote", Finishing);
            Assert.InRange(await chat.VerifyAsync(), 20, int.MaxValue);
        }
    }

    private async Task<LoadedChat[]> BeginAsync(ServerProcess server, string token, int chats)
    {
        var bot = TelegramWorkspace.NewToken();
        var connected = await server.Http.CallAsync(HttpMethod.Post, "/api/v1/channels", new { source = "telegram", bot_token = bot }, token);
        Assert.True(connected.Status is System.Net.HttpStatusCode.Created, connected.Text);
        var side = new CustomersSide(platform.Http, bot.Split(':')[0]);
        await using var list = await FikoSocket.OpenAsync(server.Socket($"/ws/conversations/?token={token}"));
        await list.DrainAsync();
        var begun = new LoadedChat[chats];
        for (var n = 0; n < chats; n++)
        {
            var customer = CustomersSide.NewCustomer();
            await side.WriteAsync(customer, "Hello");
            var conversation = (await list.NextAsync("new_customer_message")).GetProperty("conversation_id").GetString()!;
            begun[n] = new LoadedChat(server, side, token, customer, conversation);
        }

        return begun;
    }
}
