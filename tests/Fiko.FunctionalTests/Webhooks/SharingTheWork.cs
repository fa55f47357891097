using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Fiko.FunctionalTests.Crash;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Webhooks;

public sealed class SharingTheWork
{
    [Fact]
    public async Task Two_servers_on_one_database_send_each_event_once_and_in_order()
    {
        const int Messages = 60;
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var first = new EagerServer();
        await first.InitializeAsync();
        await using var second = new EagerServer { Beside = first };
        await second.InitializeAsync();
        var workspace = await TestWorkspace.CreateAsync(first);
        var webhook = await Subscriber.CreateAsync(first, workspace.Owner, receiver, "message_received");
        using var heard = await second.GetAsync("/api/v1/webhooks", workspace.Owner.Token);
        receiver.Behaves = (_, _) => Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);

        for (var n = 0; n < Messages; n++)
        {
            await workspace.WriteAsync($"c{n % 4}", $"{n}", through: n % 2 == 0 ? first : second);
        }

        await Eventually.SeesAsync(() => webhook.DeliveriesAsync("status=delivered"), all => all.Length == Messages, "all to be delivered", TimeSpan.FromSeconds(60));
        Assert.Equal(HttpStatusCode.OK, heard.StatusCode);
        Assert.Equal(Messages, receiver.Calls.Count);
        Assert.Equal(Messages, receiver.Calls.Select(c => c.Id).Distinct().Count());
        Assert.All(receiver.Calls.GroupBy(c => c.Conversation), calls => Assert.Equal(calls.Select(c => c.Position).Order(), calls.Select(c => c.Position)));
        Assert.Empty(first.Log.Errors.Concat(second.Log.Errors));
    }

    [Fact]
    public async Task What_a_killed_server_was_sending_is_sent_by_the_next_and_nothing_is_lost()
    {
        const int Messages = 40;
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var platform = new FikoServer();
        await platform.InitializeAsync();
        await using var server = new ServerProcess(
            platform, "--Webhooks:AllowPrivateNetworks=true", "--Webhooks:Timeout=00:00:01", "--Webhooks:LeaseSlack=00:00:00", "--Webhooks:Backoff=00:00:00.050");
        await server.StartAsync();
        var (channel, key) = await SubscribeAsync(server, receiver);
        receiver.Behaves = (_, http) => Task.Delay(TimeSpan.FromMilliseconds(150), TimeProvider.System, http.RequestAborted);
        for (var n = 0; n < Messages; n++)
        {
            await WriteAsync(server, channel, key, $"c{n % 3}", $"{n}");
            if (n % 13 == 12)
            {
                await server.KillAsync();
                await server.StartAsync();
            }
        }

        await server.KillAsync();
        receiver.Behaves = (_, _) => Task.CompletedTask;
        await server.StartAsync();

        await Eventually.SeesAsync(
            () => Task.FromResult(receiver.Taken.Select(c => c.Id).Distinct().Count()), ids => ids == Messages, "every event to be taken", TimeSpan.FromSeconds(60));
        Assert.Equal(Enumerable.Range(0, Messages).Select(n => $"{n}"), receiver.Taken.Select(c => c.Content!).Distinct().OrderBy(c => int.Parse(c, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.All(receiver.Taken.GroupBy(c => c.Conversation), calls =>
        {
            var firsts = calls.DistinctBy(c => c.Id).Select(c => c.Position).ToArray();
            Assert.Equal(firsts.Order(), firsts);
        });
        Assert.All(receiver.Calls.GroupBy(c => c.Id), doubles => Assert.Single(doubles.Select(c => c.Position).Distinct()));
    }

    private static async Task<(long Channel, string Key)> SubscribeAsync(ServerProcess server, WebhookReceiver receiver)
    {
        var token = await server.LogInAsync();
        var channel = (await server.Http.CallAsync(HttpMethod.Post, "/api/v1/channels", new { source = "api", name = "Shop" }, token)).Json;
        var webhook = await server.Http.CallAsync(HttpMethod.Post, "/api/v1/webhooks", new { url = receiver.Url, events = (string[])["message_received"] }, token);
        Assert.Equal(HttpStatusCode.Created, webhook.Status);
        return (channel.Number("id"), channel.Text("key")!);
    }

    private static async Task WriteAsync(ServerProcess server, long channel, string key, string customer, string text)
    {
        var answer = await server.Http.CallAsync(
            HttpMethod.Post,
            $"/api/v1/channels/{channel}/messages",
            JsonContent.Create(new { external_id = Guid.NewGuid().ToString("N"), customer = new { external_id = customer, first_name = customer }, text }),
            header: ("X-Fiko-Channel-Key", key));
        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
    }
}
