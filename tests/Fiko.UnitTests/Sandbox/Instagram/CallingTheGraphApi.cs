using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Fiko.WebApi.Sandbox;
using Fiko.WebApi.Sandbox.Instagram;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.UnitTests.Sandbox.Instagram;

public class CallingTheGraphApi
{
    private readonly WatchedTime _time = new();

    [Fact]
    public async Task A_token_names_its_account_by_two_numbers()
    {
        await using var host = await InstagramHost.StartAsync(fields: "");

        var me = (await host.GraphAsync(HttpMethod.Get, "me?fields=user_id,username,name,account_type,profile_picture_url", token: InstagramToken.Demo)).Json;

        Assert.Equal(("17841400000000001", "sandbox.17841400000000001", "Sandbox account", "BUSINESS"), ((string?)me["user_id"], (string?)me["username"], (string?)me["name"], (string?)me["account_type"]));
        Assert.Equal("717841400000000001", (string?)me["id"]);
        Assert.NotEmpty(await host.Http.GetByteArrayAsync((string?)me["profile_picture_url"], InstagramHost.Limit));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("IGSB17841400000000001-short")]
    [InlineData("IGAA17841400000000001-demo-account-of-the-sandbox")]
    public async Task Any_other_token_is_invalid(string? token)
    {
        await using var host = await InstagramHost.StartAsync(fields: "");

        var answer = await host.GraphAsync(HttpMethod.Get, "me", token: token);

        Assert.Equal((400, (190, null)), (answer.Status, answer.Error));
        Assert.Equal("OAuthException", (string?)answer.Json["error"]!["type"]);
        Assert.NotNull((string?)answer.Json["error"]!["fbtrace_id"]);
    }

    [Fact]
    public async Task A_token_in_the_query_works_too()
    {
        await using var host = await InstagramHost.StartAsync(fields: "");

        var me = await host.GraphAsync(HttpMethod.Get, $"me?fields=user_id&access_token={InstagramHost.Token}", token: null);

        Assert.Equal($$"""{"user_id":"{{InstagramHost.Account}}","id":"7{{InstagramHost.Account}}"}""", me.Json.ToJsonString());
    }

    [Fact]
    public async Task A_refreshed_token_is_the_same_accounts()
    {
        await using var host = await InstagramHost.StartAsync(fields: "");

        var answer = (await host.Http.GetFromJsonAsync<JsonNode>($"/sandbox/instagram/refresh_access_token?grant_type=ig_refresh_token&access_token={InstagramHost.Token}", InstagramHost.Limit))!;

        Assert.Equal(("bearer", 5_184_000), ((string?)answer["token_type"], (int)answer["expires_in"]!));
        Assert.NotEqual(InstagramHost.Token, (string?)answer["access_token"]);
        Assert.Equal(InstagramHost.Account, (string?)(await host.GraphAsync(HttpMethod.Get, "me?fields=user_id", token: (string?)answer["access_token"])).Json["user_id"]);
    }

    [Fact]
    public async Task A_text_reaches_the_customer_and_comes_back_as_an_echo()
    {
        await using var host = await InstagramHost.WithACustomerAsync();

        var answer = await host.SendAsync("سلام");
        var echo = (await host.Hook.NextAsync()).Item;

        Assert.Equal($$"""{"recipient_id":"{{InstagramHost.Customer}}","message_id":"{{answer.Mid}}"}""", answer.Json.ToJsonString());
        Assert.Equal((InstagramHost.Account, InstagramHost.Customer), ((string?)echo["sender"]!["id"], (string?)echo["recipient"]!["id"]));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse($$"""{"mid":"{{answer.Mid}}","text":"سلام","is_echo":true}"""), echo["message"]));
        var shown = (await host.ItemsAsync())[1];
        Assert.Equal((answer.Mid, "business", "سلام"), ((string?)shown["id"], (string?)shown["from"], (string?)shown["text"]));
    }

    [Fact]
    public async Task The_account_is_addressed_by_any_of_its_names()
    {
        await using var host = await InstagramHost.WithACustomerAsync();

        foreach (var name in new[] { "me", InstagramHost.Account, $"7{InstagramHost.Account}", $"1{InstagramHost.Account}" })
        {
            Assert.Equal(200, (await host.GraphAsync(HttpMethod.Post, $"{name}/messages", new { recipient = new { id = InstagramHost.Customer }, message = new { text = "x" } })).Status);
        }

        Assert.Equal((100, 33), (await host.GraphAsync(HttpMethod.Post, "17841400000000001/messages", new { })).Error);
    }

    [Fact]
    public async Task A_text_has_a_thousand_bytes_at_most()
    {
        await using var host = await InstagramHost.WithACustomerAsync();

        Assert.Equal(200, (await host.SendAsync(new string('س', 500))).Status);
        Assert.Equal((100, null), (await host.SendAsync(new string('س', 500) + "x")).Error);
        Assert.Equal((100, null), (await host.SendAsync(" ")).Error);
    }

    [Fact]
    public async Task After_a_day_only_a_person_may_answer_and_after_a_week_nobody()
    {
        await using var host = await InstagramHost.WithACustomerAsync(_time);
        var tagged = new { recipient = new { id = InstagramHost.Customer }, message = new { text = "x" }, messaging_type = "MESSAGE_TAG", tag = "HUMAN_AGENT" };

        _time.Advance(TimeSpan.FromHours(24));
        Assert.Equal(200, (await host.SendAsync("in time")).Status);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((10, 2534022), (await host.SendAsync("late")).Error);
        Assert.Equal(200, (await host.SendAsync(tagged)).Status);
        Assert.Equal("HUMAN_AGENT", (string?)(await host.ItemsAsync())[2]["tag"]);
        _time.Advance(TimeSpan.FromDays(6));
        Assert.Equal((10, 2534022), (await host.SendAsync(tagged)).Error);
    }

    [Theory]
    [InlineData("postback", true)]
    [InlineData("story_mention", true)]
    [InlineData("read", false)]
    public async Task A_word_of_the_customer_opens_the_window_and_nothing_else_does(string deed, bool opens)
    {
        await using var host = await InstagramHost.WithACustomerAsync(_time);
        await host.SendAsync("hello");
        _time.Advance(TimeSpan.FromHours(25));

        await host.DeedAsync($"customers/{InstagramHost.Customer}/{deed}");

        Assert.Equal(opens ? 200 : 400, (await host.SendAsync("x")).Status);
    }

    [Fact]
    public async Task Who_never_wrote_or_blocked_the_account_gets_nothing()
    {
        await using var host = await InstagramHost.WithACustomerAsync();

        Assert.Equal((100, 2534014), (await host.SendAsync("x", customer: "43")).Error);
        await host.PostAsync($"customers/{InstagramHost.Customer}/block");
        Assert.Equal((551, 1545041), (await host.SendAsync("x")).Error);
        Assert.Equal(HttpStatusCode.Conflict, (await host.PostAsync($"customers/{InstagramHost.Customer}/messages", new { text = "x" })).StatusCode);
        await host.PostAsync($"customers/{InstagramHost.Customer}/unblock");
        Assert.Equal(200, (await host.SendAsync("x")).Status);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("""{broken""")]
    [InlineData("""{"recipient":"990000000000042","message":{"text":"x"}}""")]
    [InlineData("""{"recipient":{"id":"990000000000042"}}""")]
    [InlineData("""{"recipient":{"id":"990000000000042"},"message":{}}""")]
    [InlineData("""{"recipient":{"id":"990000000000042"},"message":{"text":"x"},"messaging_type":"MESSAGE_TAG","tag":"ACCOUNT_UPDATE"}""")]
    [InlineData("""{"recipient":{"id":"990000000000042"},"message":{"text":"x","attachment":{"type":"image"}}}""")]
    [InlineData("""{"recipient":{"id":"990000000000042"},"message":{"attachment":{"type":"poll"}}}""")]
    [InlineData("""{"recipient":{"id":"990000000000042"},"sender_action":"dance"}""")]
    public async Task A_call_that_makes_no_sense_is_an_invalid_parameter(string body)
    {
        await using var host = await InstagramHost.WithACustomerAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/sandbox/instagram/v25.0/me/messages?access_token={InstagramHost.Token}") { Content = new StringContent(body) };

        using var answer = await host.Http.SendAsync(request, InstagramHost.Limit);

        var error = JsonNode.Parse(await answer.Content.ReadAsStringAsync(InstagramHost.Limit))!["error"]!;
        Assert.Equal((400, 100, null), ((int)answer.StatusCode, (int)error["code"]!, (int?)error["error_subcode"]));
    }

    [Fact]
    public async Task Signs_are_shown_on_the_phone_and_echo_nothing()
    {
        await using var host = await InstagramHost.WithACustomerAsync(_time);
        var own = (string)(await host.ItemsAsync())[0]["id"]!;

        var answer = await host.ActAsync("typing_on");
        await host.ActAsync("mark_seen");
        await host.ActAsync("react", new { message_id = own, reaction = "love" });
        var shown = await host.LookAsync();
        await host.ActAsync("unreact", new { message_id = own });
        _time.Advance(TimeSpan.FromSeconds(20));
        var after = await host.LookAsync();

        Assert.Equal($$"""{"recipient_id":"{{InstagramHost.Customer}}"}""", answer.Json.ToJsonString());
        Assert.Equal((true, true, "❤️"), ((bool)shown["typing"]!, (bool)shown["seen"]!, (string?)shown["items"]![0]!["reactions"]![0]!["emoji"]));
        Assert.Equal((false, 0), ((bool)after["typing"]!, after["items"]![0]!["reactions"]!.AsArray().Count));
        Assert.Equal(2, host.Hook.Calls);
    }

    [Fact]
    public async Task A_profile_is_told_of_whoever_wrote()
    {
        await using var host = await InstagramHost.StartAsync();

        var before = await host.GraphAsync(HttpMethod.Get, $"{InstagramHost.Customer}?fields=name,username,profile_pic");
        await host.DeedAsync($"customers/{InstagramHost.Customer}/messages", new { text = "hi", first_name = "نگار", username = "negar.example" });
        var after = (await host.GraphAsync(HttpMethod.Get, $"{InstagramHost.Customer}?fields=name,username,profile_pic")).Json;
        await host.WriteAsync("hi", customer: "43");
        var nameless = (await host.GraphAsync(HttpMethod.Get, "43?fields=name,username")).Json;

        Assert.Equal((230, null), before.Error);
        Assert.Equal(("نگار", "negar.example", InstagramHost.Customer), ((string?)after["name"], (string?)after["username"], (string?)after["id"]));
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], (await host.Http.GetByteArrayAsync((string?)after["profile_pic"], InstagramHost.Limit))[..4]);
        Assert.Equal("""{"name":null,"username":"customer.43","id":"43"}""", nameless.ToJsonString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?subscribed_fields=messages,message_edit_s")]
    public async Task A_subscription_names_fields_that_there_are(string query)
    {
        await using var host = await InstagramHost.StartAsync(fields: "");

        var refused = await host.GraphAsync(HttpMethod.Post, $"me/subscribed_apps{query}");
        var left = await host.GraphAsync(HttpMethod.Get, "me/subscribed_apps");

        Assert.Equal((100, null), refused.Error);
        Assert.Equal("""{"data":[{"subscribed_fields":[]}]}""", left.Json.ToJsonString());
    }

    [Fact]
    public async Task Unsubscribing_ends_the_webhooks_and_unknown_paths_are_errors()
    {
        await using var host = await InstagramHost.StartAsync();

        var deleted = await host.GraphAsync(HttpMethod.Delete, $"{InstagramHost.Account}/subscribed_apps");
        var left = await host.GraphAsync(HttpMethod.Get, $"{InstagramHost.Account}/subscribed_apps");
        var unknown = await host.GraphAsync(HttpMethod.Get, "me/insights/views");
        using var nowhere = await host.Http.GetAsync("/sandbox/instagram/nowhere", InstagramHost.Limit);

        Assert.Equal("""{"success":true}""", deleted.Json.ToJsonString());
        Assert.Equal("""{"data":[{"subscribed_fields":[]}]}""", left.Json.ToJsonString());
        Assert.Equal((2500, null), unknown.Error);
        Assert.Equal(2500, (int)JsonNode.Parse(await nowhere.Content.ReadAsStringAsync(InstagramHost.Limit))!["error"]!["code"]!);
    }

    [Fact]
    public async Task A_customer_from_before_the_start_can_be_answered_within_the_window()
    {
        await using var host = await InstagramHost.StartAsync(_time);
        var account = host.Parts.GetRequiredService<InstagramSandbox>().Account(InstagramHost.Account);

        account.Open("42").Introduce(new("42", "نگار"), _time.GetUtcNow().AddHours(-1));
        account.Open("43").Introduce(new("43"), _time.GetUtcNow().AddHours(-25));

        Assert.Equal(200, (await host.SendAsync("x", customer: "42")).Status);
        Assert.Equal((10, 2534022), (await host.SendAsync("x", customer: "43")).Error);
    }

    [Fact]
    public async Task The_channel_is_pointed_here_unless_it_is_configured()
    {
        await using var host = await InstagramHost.StartAsync();
        await using var configured = await InstagramHost.StartAsync(fields: "", settings: new()
        {
            ["Instagram:GraphBaseUrl"] = "https://graph.example/x/",
            ["Instagram:AppSecret"] = "one",
            ["Instagram:SecondAppSecret"] = "two",
            ["Instagram:VerifyToken"] = "shown",
        });

        var (here, elsewhere) = (host.Parts.GetRequiredService<SandboxInstagramEndpoint>(), configured.Parts.GetRequiredService<SandboxInstagramEndpoint>());

        Assert.Equal($"{host.Http.BaseAddress}sandbox/instagram", here.GraphBaseUrl);
        Assert.Equal((32, 32), (Assert.Single(here.AppSecrets).Length, here.VerifyToken!.Length));
        Assert.Equal(("https://graph.example/x", "shown"), (elsewhere.GraphBaseUrl, elsewhere.VerifyToken));
        Assert.Equal(["one", "two"], elsewhere.AppSecrets);
    }
}
