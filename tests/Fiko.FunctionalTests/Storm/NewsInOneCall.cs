using System.Text.Json;
using System.Text.Json.Nodes;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Storm;

public sealed class NewsInOneCall(NewsInOneCall.StillServer server) : IClassFixture<NewsInOneCall.StillServer>
{
    // What was overlooked is found by looking every few seconds; here the clock stands, so that nothing may be overlooked.
    public sealed class StillServer : ClockedServer
    {
        public StillServer() => Settings["Instagram:AppSecret"] = StormServer.AppSecret;
    }

    [Fact]
    public async Task What_stands_before_its_message_in_a_call_is_applied_with_it()
    {
        var shop = await Shop.OpenAsync(server, StormServer.AppSecret, agents: 1);
        var customer = new ShopCustomer(true, "4500000001");
        var now = server.Clock.GetUtcNow().ToUnixTimeMilliseconds();

        await shop.PostAsync(Call(
            shop,
            Item(shop, customer, now + 1, "reaction", new JsonObject { ["mid"] = "mid-1", ["action"] = "react", ["reaction"] = "love", ["emoji"] = "❤" }),
            Item(shop, customer, now, "message", new JsonObject { ["mid"] = "mid-1", ["text"] = "Hello" })));

        var conversations = await Eventually.SeesAsync(shop.ConversationsAsync, all => all.Count == 1, "the conversation");
        await using var chat = await shop.OpenChatAsync(shop.Workspace.Owner, conversations[customer.Name]);
        var message = await Eventually.SeesAsync(
            async () => (await ChatReview.ReadAsync(chat)).Single(), read => read.At("reactions").GetArrayLength() > 0, "the reaction");
        Assert.Equal("❤", message.Text("reactions.0.emoji"));
    }

    private static PlatformEvent Call(Shop shop, params JsonNode[] items) => new(true, JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["object"] = "instagram",
        ["entry"] = new JsonArray(new JsonObject { ["id"] = shop.Account, ["messaging"] = new JsonArray(items) }),
    }));

    private static JsonObject Item(Shop shop, ShopCustomer customer, long at, string kind, JsonObject content) => new()
    {
        ["sender"] = new JsonObject { ["id"] = customer.Id },
        ["recipient"] = new JsonObject { ["id"] = shop.Account },
        ["timestamp"] = at,
        [kind] = content,
    };
}
