using System.Globalization;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Fiko.FunctionalTests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Fiko.FunctionalTests.Storm;

public sealed class FaultyPlatform(FaultyPlatform.ImpatientServer server, ITestOutputHelper output) : IClassFixture<FaultyPlatform.ImpatientServer>
{
    private const int Conversations = 20;
    private const int Agents = 4;
    private const int AgentsEach = 2;
    private const int MessagesEach = 10;
    private const int Plenty = 100_000;

    private static readonly string[] Faults = ["rate_limit", "server_error", "cut_before", "cut_after", "timeout", "blocked", "bad_gateway"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public sealed class ImpatientServer : StormServer
    {
        public ImpatientServer()
        {
            Settings["Delivery:SendTimeout"] = "00:00:02";
            Settings["Delivery:Backoff"] = "00:00:00.050";
            Settings["Delivery:MaxBackoff"] = "00:00:00.500";
            Settings["Delivery:InlineWait"] = "00:00:00.300";
            Settings["Messages:MaxContentLength"] = "10000";
        }
    }

    [Theory]
    [InlineData("telegram")]
    [InlineData("instagram")]
    public async Task Of_a_platform_that_fails_a_third_of_the_calls_each_message_has_an_end_and_none_comes_twice(string platform)
    {
        var seed = Environment.GetEnvironmentVariable("FIKO_TEST_SEED") is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : Random.Shared.Next();
        output.WriteLine($"FIKO_TEST_SEED={seed}");
        var (chance, onInstagram) = (new Random(seed), platform == "instagram");
        var shop = await Shop.OpenAsync(server, StormServer.AppSecret, Agents);
        var customers = Enumerable.Range(0, Conversations).Select(n => new ShopCustomer(onInstagram, $"{4_300_000_000 + n}")).ToArray();
        var conversations = await shop.BeginAsync(customers);
        await shop.SwitchAsync($"{platform}/faults", new { kinds = Faults, share = 0.3, seed, count = Plenty });

        var talks = await Task.WhenAll(customers.Select((c, n) => TalkAsync(shop, c, conversations[c.Name], n, new Random(seed + n))));
        await EndedAsync(shop);
        var faults = Plenty - (await server.Http.CallAsync(HttpMethod.Get, $"/sandbox/{platform}/faults")).Json.Number("count");
        await shop.SwitchAsync($"{platform}/faults", new { kind = "blocked", count = 0 });
        var review = new TalkReview();
        foreach (var (customer, socket) in customers.Zip(talks))
        {
            review.Compare(customer, await ChatReview.ReadAsync(socket), LiveChat.Of(socket.Heard), await shop.SeesAsync(customer));
            await socket.DisposeAsync();
        }

        output.WriteLine($"{faults} faults; {string.Join(", ", review.Ends.Select(e => $"{e.Value} {e.Key}"))}; {review.Certain} of the sent were uncertain before");
        Assert.True(review.Differences.Count == 0, $"FIKO_TEST_SEED={seed}, {review.Differences.Count} differences, the first of them:\n{string.Join('\n', review.Differences.Take(5))}");
        Assert.Equal(Conversations * AgentsEach * MessagesEach, review.Ends.Values.Sum());
        Assert.Equal(["failed", "sent", "uncertain"], review.Ends.Keys.Order(StringComparer.Ordinal));
        Assert.True(faults > 60, $"{faults} faults");
        Assert.True(!onInstagram || review.Certain > 0, "No echo has made an uncertain message certain");
        Assert.Empty(server.Log.Errors);
    }

    /// <returns>The first agent's socket, still open.</returns>
    private static async Task<FikoSocket> TalkAsync(Shop shop, ShopCustomer customer, string conversation, int number, Random chance)
    {
        var sockets = await Task.WhenAll(Enumerable.Range(number, AgentsEach).Select(a => shop.OpenChatAsync(shop.Agents[a % Agents], conversation)));
        await Task.WhenAll(sockets.Select((socket, a) => SpeakAsync(customer, socket, $"c{number}a{a}", new Random(chance.Next()))));
        foreach (var other in sockets.Skip(1))
        {
            await other.DisposeAsync();
        }

        return sockets[0];
    }

    private static async Task SpeakAsync(ShopCustomer customer, FikoSocket socket, string agent, Random chance)
    {
        for (var n = 0; n < MessagesEach; n++)
        {
            var label = $"{agent}m{n}";
            var length = chance.Next(10) > 0 ? 1 : customer.OnInstagram ? 2200 : 6000;
            await socket.SendAsync(new { type = "chat_message", content = TalkReview.TextOf(label, length), client_id = label });
            if (chance.Next(2) == 0)
            {
                await socket.NextAsync(f => f.IsA("chat_message") && f.Text("message.client_id") == label, label);
            }
        }

        await socket.DrainAsync();
    }

    private static async Task EndedAsync(Shop shop) => await Eventually.SeesAsync(
        () => shop.AskAsync(async (db, _) => (
            Messages: await db.Messages.CountAsync(m => m.Conversation.WorkspaceId == shop.Workspace.Id && (m.Status == MessageStatus.Pending || m.Seq == null)),
            Updates: await db.InboundUpdates.CountAsync(u => u.Status == InboundStatus.Pending || u.Status == InboundStatus.Waiting),
            Echoes: await db.Deliveries.CountAsync(d => d.Status == DeliveryStatus.Sending))),
        left => left is (0, 0, 0),
        "each message's end",
        Patience);
}
