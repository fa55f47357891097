using System.Diagnostics;
using Fiko.FunctionalTests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fiko.FunctionalTests.Storm;

public sealed class KeepingTokensSecret
{
    [Fact]
    public async Task No_line_answer_trace_row_or_file_holds_a_secret_of_a_platform_after_all_that_can_happen()
    {
        await using var server = new WatchedServer();
        await server.InitializeAsync();
        var shop = await Shop.OpenAsync(server, WatchedServer.AppSecret, agents: 2);
        var day = new BusyDay(server, shop);
        ShopCustomer[] customers = [new(false, "4400000001"), new(true, "4400000001")];
        var conversations = await shop.BeginAsync(customers);

        await day.MistypeAsync();
        foreach (var customer in customers)
        {
            await day.TalkAsync(customer, conversations[customer.Name]);
        }

        var renewed = await day.RenewTokenAsync();
        await server.RestartAsync();
        await server.Http.CallAsync(HttpMethod.Delete, $"/api/v1/channels/{shop.InstagramChannel}", token: shop.Workspace.Owner.Token);
        var places = await Places.OfAsync(server, day.Frames);

        Assert.NotEqual(shop.AccessToken, renewed);
        Assert.True(places.Count > 5000, $"{places.Count} texts");
        string[] secrets =
            [shop.BotToken, shop.BotToken.Split(':')[1], shop.WebhookSecret, shop.AccessToken, renewed, WatchedServer.AppSecret, WatchedServer.VerifyToken];
        AssertNowhere(secrets.SelectMany(secret => places.WhereIs(secret)));

        // A signature is for whoever got the link: it goes to them, and nowhere else.
        Assert.NotEmpty(day.Signatures);
        AssertNowhere(day.Signatures.Distinct().SelectMany(signature => places.WhereIs(signature, "an answer", "a frame")));
        Assert.Empty(server.Log.Errors);
    }

    [Fact]
    public async Task The_search_finds_a_secret_wherever_it_is_left()
    {
        await using var server = new WatchedServer();
        await server.InitializeAsync();
        var workspace = await TestWorkspace.CreateAsync(server);
        var secret = TelegramWorkspace.NewToken();

        Leave(server, secret);
        await workspace.BeginAsync("customer", secret);
        await server.Http.CallAsync(HttpMethod.Post, "/api/v1/channels", new { source = "api", name = secret }, workspace.Owner.Token);
        var places = await Places.OfAsync(server, [$"A frame with {secret}"]);

        var found = places.WhereIs(secret).Select(place => place.Split(':')[0]).Distinct().ToList();
        Assert.Subset(
            found.ToHashSet(),
            new HashSet<string> { "the log", "a field of the log", "a trace or a measurement", "an answer", "a frame", "the database", "the file fiko.db-wal" });
    }

    private static void AssertNowhere(IEnumerable<string> found) => Assert.Equal("", string.Join('\n', found));

    private static void Leave(WatchedServer server, string secret)
    {
#pragma warning disable CA1848, CA1873, CA2254 // A careless line, as nobody may write one.
        server.Provider.GetRequiredService<ILoggerFactory>().CreateLogger("Careless").LogInformation($"Calling with {secret}");
#pragma warning restore CA1848, CA1873, CA2254
        using var source = new ActivitySource("Careless");
        source.StartActivity("Calling")?.SetTag("url.full", secret).Dispose();
    }
}
