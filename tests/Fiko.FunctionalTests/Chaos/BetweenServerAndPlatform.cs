using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Chaos;

/// <summary>protocol.md, Deliveries: what the platform certainly has is sent, what it certainly has not is tried again, and of the rest it is said that nobody knows.</summary>
public sealed class BetweenServerAndPlatform(BetweenServerAndPlatform.FarServer server) : IClassFixture<BetweenServerAndPlatform.FarServer>
{
    private const int Messages = 20;

    [Fact]
    public async Task Calls_that_are_late_and_cut_end_truly_and_nothing_is_sent_twice()
    {
        var (telegram, customer, conversation, chat) = await BeginAsync();
        await using var open = chat;
        server.ToPlatform.Delay = (TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(60));
        server.ToPlatform.BeginCutting(TimeSpan.FromMilliseconds(250));

        for (var n = 0; n < Messages; n++)
        {
            await chat.SendAsync(new { type = "chat_message", content = $"m{n}" });
        }

        var messages = await EndedAsync(telegram, conversation, Messages);
        server.WellAgain();
        var arrived = await telegram.Customers.AnswersAsync(customer);
        Assert.True(server.ToPlatform.Cuts > 0);
        Assert.Equal(Enumerable.Range(0, Messages).Select(n => $"m{n}"), messages.Select(Content));
        Assert.Equal(arrived.Distinct(), arrived);
        Assert.Equal(messages.Select(Content).Where(arrived.Contains), arrived);
        Assert.Subset(arrived.ToHashSet(), Contents(messages, "sent"));
        Assert.Empty(Contents(messages, "failed").Intersect(arrived));
    }

    [Fact]
    public async Task What_arrived_without_an_answer_is_uncertain_and_not_sent_again()
    {
        var (telegram, customer, conversation, chat) = await BeginAsync();
        await using var open = chat;
        server.ToPlatform.Halve();

        await chat.SendAsync(new { type = "chat_message", content = "who knows" });

        var shown = Assert.Single(await EndedAsync(telegram, conversation, 1));
        server.WellAgain();
        await chat.SendAsync(new { type = "chat_message", content = "the next" });
        await EndedAsync(telegram, conversation, 2);
        Assert.Equal("uncertain", StatusOf(shown));
        Assert.Equal(["who knows", "the next"], await telegram.Customers.AnswersAsync(customer));
    }

    [Fact]
    public async Task Updates_that_come_late_and_cut_become_each_one_message_in_order()
    {
        var (telegram, customer, conversation, chat) = await BeginAsync();
        await using var open = chat;
        server.FromPlatform.Delay = (TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(80));
        server.FromPlatform.BeginCutting(TimeSpan.FromMilliseconds(250));

        for (var n = 0; n < Messages; n++)
        {
            await telegram.Customers.WriteAsync(customer, $"c{n}");
        }

        var messages = await Eventually.SeesAsync(() => ReadAsync(telegram, conversation), all => all.Count(IsCustomers) > Messages, $"all that the customer wrote, seed {server.FromPlatform.Seed}", TimeSpan.FromSeconds(60));
        server.WellAgain();
        Assert.True(server.FromPlatform.Cuts > 0);
        Assert.Equal(["Hello", .. Enumerable.Range(0, Messages).Select(n => $"c{n}")], messages.Where(IsCustomers).Select(Content));
    }

    private static string Content(JsonElement message) => message.Text("content")!;

    private static string? StatusOf(JsonElement message) => message.Text("status");

    private static bool IsCustomers(JsonElement message) => message.Text("type") == "customer";

    private static HashSet<string> Contents(IEnumerable<JsonElement> messages, string status) => [.. messages.Where(m => StatusOf(m) == status).Select(Content)];

    private async Task<(TelegramWorkspace Telegram, long Customer, string Conversation, FikoSocket Chat)> BeginAsync()
    {
        server.WellAgain();
        var telegram = await TelegramWorkspace.CreateAsync(server, server.Platform);
        var customer = CustomersSide.NewCustomer();
        var conversation = await telegram.BeginAsync(customer);
        return (telegram, customer, conversation, await telegram.OpenChatAsync(conversation));
    }

    // The answers, when the outcome of each is said.
    private async Task<List<JsonElement>> EndedAsync(TelegramWorkspace telegram, string conversation, int count) => await Eventually.SeesAsync(
        async () => (await ReadAsync(telegram, conversation)).FindAll(m => !IsCustomers(m)),
        all => all.Count == count && all.TrueForAll(m => StatusOf(m) is "sent" or "uncertain" or "failed"),
        $"the end of each message, seed {server.ToPlatform.Seed}",
        TimeSpan.FromSeconds(60));

    // As somebody sees them who asks now.
    private static async Task<List<JsonElement>> ReadAsync(TelegramWorkspace telegram, string conversation) => [.. await telegram.ReadChatAsync(conversation)];

    /// <summary>A server with a platform that is far away, in both directions.</summary>
    public sealed class FarServer : FikoServer
    {
        public FarServer()
        {
            ToPlatform = new ChaosProxy(() => Platform.Address);
            FromPlatform = new ChaosProxy(() => Address);
            Settings["Delivery:SendTimeout"] = "00:00:02";
            Settings["Delivery:Backoff"] = "00:00:00.050";
            Settings["Delivery:MaxBackoff"] = "00:00:00.500";
            Settings["Telegram:ChatBurst"] = "1000";
            Settings["Telegram:ChatEvery"] = "00:00:00";
        }

        public FikoServer Platform { get; } = new();

        public ChaosProxy ToPlatform { get; }

        public ChaosProxy FromPlatform { get; }

        public void WellAgain()
        {
            foreach (var way in new[] { ToPlatform, FromPlatform })
            {
                way.EndCutting();
                way.Heal();
                way.Delay = default;
            }
        }

        public override async ValueTask InitializeAsync()
        {
            await Platform.InitializeAsync();
            Settings["Sandbox:Enabled"] = "false";
            Settings["Telegram:ApiBaseUrl"] = ToPlatform.Address.ToString();
            Settings["Telegram:HttpWebhooks"] = "true";
            Settings["PublicUrl"] = FromPlatform.Address.ToString();
            await base.InitializeAsync();
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await ToPlatform.DisposeAsync();
            await FromPlatform.DisposeAsync();
            await Platform.DisposeAsync();
        }
    }
}
