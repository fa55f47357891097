using System.Globalization;
using Fiko.Domain.Channels;
using Fiko.Domain.Conversations;
using Fiko.FunctionalTests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Fiko.FunctionalTests.Storm;

public sealed class StreamOfEvents(StormServer server, ITestOutputHelper output) : IClassFixture<StormServer>
{
    private const int Customers = 200;
    private const int Agents = 50;
    private const int Answers = 5;
    private const int EventsEach = 50;
    private const double Length = 20_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Ten_thousand_events_repeated_and_shuffled_leave_each_conversation_as_its_customer_left_it()
    {
        var seed = Environment.GetEnvironmentVariable("FIKO_TEST_SEED") is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : Random.Shared.Next();
        output.WriteLine($"FIKO_TEST_SEED={seed}");
        var chance = new Random(seed);
        var shop = await Shop.OpenAsync(server, StormServer.AppSecret, Agents);
        var files = await FileSamples.OfAsync(shop);
        var chatters = Enumerable.Range(0, Customers).Select(n => Chatter(n, shop, files, new Random(chance.Next()))).ToArray();
        var chats = await BeginAsync(shop, chatters);
        using var posts = new ShuffledPosts(shop, chance);
        var latencies = new Latencies();
        foreach (var chat in chats)
        {
            chat.Socket.Hears = latencies.Hear;
            Script(chat.Customer, posts, chance);
        }

        await shop.ShuffleEchoesAsync();
        var began = TimeProvider.System.GetTimestamp();
        var posting = posts.RunAsync();
        await Task.WhenAll(chats.Chunk(Customers / Agents).Select(own => new AnsweringAgent(shop, posts, own).AnswerAsync(Answers)));
        posts.Complete();
        await posting;
        var posted = TimeProvider.System.GetElapsedTime(began);
        await QuietAsync(shop, echoes: chatters.Where(c => c.Chat.Customer.OnInstagram).Sum(c => c.Chat.Answers.Count + c.Chat.Messages.Count(m => m.Author == "support")));
        var applied = TimeProvider.System.GetElapsedTime(began);

        output.WriteLine($"{posts.Events} events in {posts.Copies} posts, posted in {posted.TotalSeconds:0.0} s, applied in {applied.TotalSeconds:0.0} s: {posts.Events / applied.TotalSeconds:0} events/s");
        output.WriteLine($"From the first post to the frame: {latencies.Describe(posts.Posted)}");
        var review = new ChatReview(shop);
        await review.ReadNamesAsync();
        foreach (var chat in chats)
        {
            await review.CompareAsync(chat);
            await chat.Socket.DisposeAsync();
        }

        Assert.True(posts.Events >= Customers * EventsEach, $"{posts.Events} events");
        Assert.True(review.Differences.Count == 0, $"FIKO_TEST_SEED={seed}, {review.Differences.Count} differences, the first of them:\n{string.Join('\n', review.Differences.Take(5))}");
        Assert.Empty(server.Log.Errors);
    }

    private static IChatter Chatter(int number, Shop shop, FileSamples files, Random chance)
    {
        var onInstagram = number % 2 == 1;
        var chat = new ModelChat(new ShopCustomer(onInstagram, $"{4_200_000_000 + number}"));
        var began = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        return onInstagram
            ? new InstagramChatter(chat, shop.Account, number, chance, files, began)
            : new TelegramChatter(chat, number, chance, files, began);
    }

    private static async Task<OpenStormChat[]> BeginAsync(Shop shop, IReadOnlyList<IChatter> chatters)
    {
        var conversations = await shop.BeginAsync([.. chatters.Select(c => c.Chat.Customer)]);
        var chats = new List<OpenStormChat>();
        foreach (var (n, chatter) in chatters.Index())
        {
            var conversation = conversations[chatter.Chat.Customer.Name];
            chats.Add(new OpenStormChat(chatter, conversation, await shop.OpenChatAsync(shop.Agents[n / (Customers / Agents)], conversation)));
        }

        return [.. chats];
    }

    // What is left to the answers' signs comes while they come.
    private static void Script(IChatter chatter, ShuffledPosts posts, Random chance)
    {
        var script = new List<PlatformEvent>();
        while (script.Count < EventsEach - Answers)
        {
            script.AddRange(chatter.Do());
        }

        var moments = script.Select(_ => chance.NextDouble() * Length).Order().ToArray();
        foreach (var (news, at) in script.Zip(moments))
        {
            posts.Add(news, at);
        }
    }

    private static async Task QuietAsync(Shop shop, int echoes) => await Eventually.SeesAsync(
        () => shop.AskAsync(async (db, _) => (
            Updates: await db.InboundUpdates.CountAsync(u => u.Status == InboundStatus.Pending || u.Status == InboundStatus.Waiting),
            Deliveries: await db.Deliveries.CountAsync(d => d.Status == DeliveryStatus.Pending || d.Status == DeliveryStatus.Sending),
            Echoes: echoes - await db.InboundUpdates.CountAsync(u => u.Body.Contains("\"is_echo\":true")),
            Files: await db.Attachments.CountAsync(a => a.Status == AttachmentStatus.Pending))),
        left => left is (0, 0, 0, 0),
        "updates, deliveries, echoes and files to be done with",
        Patience,
        TimeSpan.FromMilliseconds(500));
}
