using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Fiko.WebApi.Sandbox.Instagram;

namespace Fiko.UnitTests.Sandbox.Instagram;

public class WritingOnInstagram
{
    private readonly WatchedTime _time = new();

    [Fact]
    public async Task The_event_arrives_at_the_webhook_as_meta_would_send_it()
    {
        await using var host = await InstagramHost.StartAsync(_time);

        var mid = await host.WriteAsync("سلام 🌹");
        var posted = await host.Hook.NextAsync();

        Assert.Equal(
            $$$"""{"object":"instagram","entry":[{"id":"17841400000000009","time":1785574800000,"messaging":[{"sender":{"id":"990000000000042"},"recipient":{"id":"17841400000000009"},"timestamp":1785574800000,"message":{"mid":"{{{mid}}}","text":"\u0633\u0644\u0627\u0645 \uD83C\uDF39"}}]}]}""",
            posted.Body);
        Assert.Equal((WebhookSignature.Of(posted.Bytes, host.Secret), "application/json"), (posted.Signature, posted.ContentType));
        Assert.All(posted.Bytes, b => Assert.InRange(b, 0x20, 0x7E));
        Assert.True(mid.Length >= 164);
    }

    [Fact]
    public async Task Beside_each_new_message_comes_an_edit_that_is_none()
    {
        await using var host = await InstagramHost.StartAsync(_time);

        var mid = await host.WriteAsync("hi");
        await host.Hook.NextAsync();

        Assert.Equal($$$"""{"timestamp":1785574800001,"message_edit":{"mid":"{{{mid}}}","num_edit":0}}""", (await host.Hook.NextAsync()).Item.ToJsonString());
    }

    [Theory]
    [InlineData("""{"object":"instagram","entry":[]}""", "sha256=5ab8d398aa140ce4ceebb6fa613d3b4d0148a1c48ca51804d7f2cf9dba5878f0")]
    [InlineData(
        """{"object":"instagram","entry":[{"id":"17841499900000001","time":1760000000123,"messaging":[{"sender":{"id":"990000000000001"},"recipient":{"id":"17841499900000001"},"timestamp":1760000000001,"message":{"mid":"m_example_1","text":"\u0633\u0644\u0627\u0645"}}]}]}""",
        "sha256=d0e6b4dc550261048f986db776db40f63045aeff789273c5424fab7903c58704")]
    public void A_signature_is_the_one_that_anybody_computes(string body, string signature) =>
        Assert.Equal(signature, WebhookSignature.Of(Encoding.ASCII.GetBytes(body), "fiko-example-app-secret"));

    [Fact]
    public async Task A_configured_secret_signs()
    {
        await using var host = await InstagramHost.StartAsync(settings: new() { ["Instagram:AppSecret"] = "of-the-tests" });

        await host.WriteAsync("hi");

        var posted = await host.Hook.NextAsync();
        Assert.Equal(WebhookSignature.Of(posted.Bytes, "of-the-tests"), posted.Signature);
    }

    [Fact]
    public async Task Edits_are_counted_and_come_without_a_sender()
    {
        await using var host = await InstagramHost.StartAsync(_time);
        var mid = await host.WriteAsync("first");
        await host.Hook.NextAsync();
        await host.Hook.NextAsync();

        await host.DeedAsync($"customers/{InstagramHost.Customer}/messages/{mid}/edit", new { text = "second" });
        await host.DeedAsync($"customers/{InstagramHost.Customer}/messages/{mid}/edit", new { text = "third" });

        Assert.Equal($$"""{"mid":"{{mid}}","text":"second","num_edit":1}""", (await host.Hook.NextAsync()).Item["message_edit"]!.ToJsonString());
        var last = (await host.Hook.NextAsync()).Item;
        Assert.Equal($$"""{"mid":"{{mid}}","text":"third","num_edit":2}""", last["message_edit"]!.ToJsonString());
        Assert.Equal((null, null), (last["sender"], last["recipient"]));
        var item = Assert.Single(await host.ItemsAsync());
        Assert.Equal(("third", true), ((string?)item["text"], (bool)item["edited"]!));
    }

    [Fact]
    public async Task Unsending_and_reactions_tell_the_message()
    {
        await using var host = await InstagramHost.WithACustomerAsync();
        var own = await host.WriteAsync("oops");
        var theirs = (await host.SendAsync("hello")).Mid!;

        await host.DeedAsync($"customers/{InstagramHost.Customer}/messages/{theirs}/reactions", new { emoji = "❤️" });
        var reacted = await host.Hook.NextAsync("reaction");
        var shown = (await host.ItemsAsync())[2]["reactions"]!.ToJsonString();
        await host.DeedAsync($"customers/{InstagramHost.Customer}/messages/{theirs}/reactions", new { emoji = (string?)null });
        var unreacted = await host.Hook.NextAsync("reaction");
        await host.DeedAsync($"customers/{InstagramHost.Customer}/messages/{own}/delete");
        var deleted = await host.Hook.NextAsync("message");

        Assert.Equal((theirs, "react", "love", "❤️"), ((string?)reacted["reaction"]!["mid"], (string?)reacted["reaction"]!["action"], (string?)reacted["reaction"]!["reaction"], (string?)reacted["reaction"]!["emoji"]));
        Assert.Equal("customer", (string?)JsonNode.Parse(shown)![0]!["from"]);
        Assert.Equal($$"""{"mid":"{{theirs}}","action":"unreact"}""", unreacted["reaction"]!.ToJsonString());
        Assert.Equal($$"""{"mid":"{{own}}","is_deleted":true}""", deleted["message"]!.ToJsonString());
        Assert.True((bool)(await host.ItemsAsync())[1]["deleted"]!);
    }

    [Fact]
    public async Task Only_own_texts_are_edited_and_only_own_messages_unsent()
    {
        await using var host = await InstagramHost.WithACustomerAsync();
        var theirs = (await host.SendAsync("hello")).Mid!;
        var photo = await host.DeedAsync($"customers/{InstagramHost.Customer}/photo");

        var answers = new[]
        {
            await host.PostAsync($"customers/{InstagramHost.Customer}/messages/{theirs}/edit", new { text = "x" }),
            await host.PostAsync($"customers/{InstagramHost.Customer}/messages/{photo}/edit", new { text = "x" }),
            await host.PostAsync($"customers/{InstagramHost.Customer}/messages/{theirs}/delete"),
            await host.PostAsync($"customers/{InstagramHost.Customer}/messages/nothing/delete"),
            await host.PostAsync("customers/5/messages/nothing/delete"),
        };

        Assert.Equal([400, 400, 400, 404, 404], answers.Select(a => (int)a.StatusCode));
    }

    [Fact]
    public async Task Reading_is_told_once_for_the_newest_message()
    {
        await using var host = await InstagramHost.WithACustomerAsync();
        var nothing = await host.PostAsync($"customers/{InstagramHost.Customer}/read");
        await host.SendAsync("one");
        var newest = (await host.SendAsync("two")).Mid;

        var first = await host.PostAsync($"customers/{InstagramHost.Customer}/read");
        var again = await host.PostAsync($"customers/{InstagramHost.Customer}/read");

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.Accepted, HttpStatusCode.NoContent), (nothing.StatusCode, first.StatusCode, again.StatusCode));
        Assert.Equal(newest, (string?)(await host.Hook.NextAsync("read"))["read"]!["mid"]);
        Assert.Equal(newest, (string?)(await host.LookAsync())["read_up_to"]);
    }

    [Fact]
    public async Task What_was_not_subscribed_is_not_posted()
    {
        await using var host = await InstagramHost.StartAsync(fields: "messages");
        var first = await host.WriteAsync("first");
        await host.DeedAsync($"customers/{InstagramHost.Customer}/messages/{first}/edit", new { text = "changed" });
        await host.DeedAsync($"customers/{InstagramHost.Customer}/postback");
        var second = await host.WriteAsync("second");

        Assert.Equal(first, (string?)(await host.Hook.NextAsync()).Item["message"]!["mid"]);
        Assert.Equal(second, (string?)(await host.Hook.NextAsync()).Item["message"]!["mid"]);
    }

    [Fact]
    public async Task Nobody_can_write_where_no_app_listens()
    {
        await using var host = await InstagramHost.StartAsync(fields: "");

        var unknown = await host.PostAsync("customers/42/messages", new { text = "hi" });
        await host.GraphAsync(HttpMethod.Get, "me?fields=user_id");
        var unsubscribed = await host.PostAsync("customers/42/messages", new { text = "hi" });

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (unknown.StatusCode, unsubscribed.StatusCode));
    }

    [Fact]
    public async Task The_account_is_the_named_one_or_the_first_that_was_subscribed()
    {
        await using var host = await InstagramHost.StartAsync();
        await host.GraphAsync(HttpMethod.Post, "me/subscribed_apps?subscribed_fields=messages", token: "IGSB17841400000000008-token-of-the-tests-0002");

        await host.WriteAsync("to the first");
        await host.DeedAsync("customers/42/messages?account=17841400000000008", new { text = "to the named" });

        Assert.Equal("to the first", (string?)(await host.ItemsAsync())[0]["text"]);
        Assert.Equal("to the named", (string?)(await host.LookAsync("customers/42/messages?account=17841400000000008"))["items"]![0]!["text"]);
        Assert.Equal(["17841400000000009", "17841400000000008"], (await host.LookAsync("accounts"))["items"]!.AsArray().Select(a => (string?)a!["id"]));
    }

    [Fact]
    public async Task Plain_curl_is_understood_though_it_calls_its_json_a_form()
    {
        await using var host = await InstagramHost.StartAsync();

        var answer = await host.Http.PostAsync(
            $"/sandbox/instagram/customers/{InstagramHost.Customer}/messages", new StringContent("""{"text":"hi"}""", Encoding.UTF8, "application/x-www-form-urlencoded"), InstagramHost.Limit);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    [Theory]
    [InlineData("customers/42/messages", """{"text":" "}""")]
    [InlineData("customers/42/messages", """{"text":5}""")]
    [InlineData("customers/42/messages", "[]")]
    [InlineData("customers/negar/messages", """{"text":"x"}""")]
    [InlineData("customers/0/messages", """{"text":"x"}""")]
    [InlineData("customers/42/share", """{"type":"poll"}""")]
    [InlineData("customers/42/photo", """{"count":11}""")]
    public async Task Bad_input_is_a_problem(string path, string body)
    {
        await using var host = await InstagramHost.StartAsync();

        var answer = await host.Http.PostAsync($"/sandbox/instagram/{path}", new StringContent(body), InstagramHost.Limit);

        Assert.Equal((400, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }
}
