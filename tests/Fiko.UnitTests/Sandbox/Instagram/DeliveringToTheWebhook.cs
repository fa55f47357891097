using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Fiko.WebApi.Sandbox.Instagram;

namespace Fiko.UnitTests.Sandbox.Instagram;

public class DeliveringToTheWebhook
{
    private readonly WatchedTime _time = new();

    [Fact]
    public async Task A_refused_event_is_retried_at_once_and_then_after_a_second_and_holds_back_its_thread_alone()
    {
        await using var host = await InstagramHost.StartAsync(_time, fields: "messages");
        host.Hook.Answer = call => call <= 2 ? 500 : 200;

        await host.WriteAsync("first");
        var early = new[] { await host.Hook.NextAsync(), await host.Hook.NextAsync() };
        await host.WriteAsync("second");
        await host.WriteAsync("other", customer: "43");
        var meanwhile = await host.Hook.NextAsync();
        await _time.ElapseAsync(TimeSpan.FromSeconds(1));
        var late = new[] { await host.Hook.NextAsync(), await host.Hook.NextAsync() };

        Assert.Equal([("first", 500), ("first", 500)], early.Select(p => (TextOf(p), p.Status)));
        Assert.Equal(("other", 200), (TextOf(meanwhile), meanwhile.Status));
        Assert.Equal([("first", 200), ("second", 200)], late.Select(p => (TextOf(p), p.Status)));
    }

    [Fact]
    public async Task Each_event_can_be_posted_several_times_and_out_of_order()
    {
        await using var host = await InstagramHost.StartAsync(fields: "messages");
        await host.PutAsync("webhooks", new { repeat = 2, shuffle_ms = 300, seed = 1 });

        for (var number = 0; number < 10; number++)
        {
            await host.WriteAsync($"{number}");
        }

        var heard = new List<string>();
        for (var number = 0; number < 20; number++)
        {
            heard.Add(TextOf(await host.Hook.NextAsync())!);
        }

        Assert.Equal([.. Enumerable.Range(0, 20).Select(n => $"{n / 2}")], heard.Order());
        Assert.NotEqual(heard.Order(), heard);
    }

    [Fact]
    public async Task The_number_of_postings_can_be_left_to_chance()
    {
        await using var host = await InstagramHost.StartAsync(fields: "messages");
        await host.PutAsync("webhooks", new { repeat = 3, vary = true, seed = 1 });

        for (var number = 0; number < 9; number++)
        {
            await host.WriteAsync($"{number}");
        }

        await host.Http.DeleteAsync("/sandbox/instagram/webhooks", InstagramHost.Limit);
        await host.WriteAsync("last");
        var heard = new List<string>();
        while (TextOf(await host.Hook.NextAsync()) is { } text and not "last")
        {
            heard.Add(text);
        }

        Assert.Equal([1, 2, 3], heard.CountBy(t => t).Select(c => c.Value).Distinct().Order());
    }

    [Fact]
    public async Task Another_receiver_can_be_named()
    {
        await using var host = await InstagramHost.StartAsync();
        await using var other = await InstagramHost.StartAsync();
        await host.PutAsync("webhooks", new { url = new Uri(other.Http.BaseAddress!, "webhooks/instagram") });

        await host.WriteAsync("over there");

        Assert.Equal("over there", TextOf(await other.Hook.NextAsync()));
    }

    [Theory]
    [InlineData("{\"object\":\"instagram\",  \"entry\":[]}")]
    [InlineData("{broken")]
    public async Task A_raw_body_is_posted_byte_for_byte_and_signed(string body)
    {
        await using var host = await InstagramHost.StartAsync(fields: "");
        host.Hook.Answer = _ => 403;

        var answer = await host.Http.PostAsync("/sandbox/instagram/updates", new StringContent(body), InstagramHost.Limit);

        var posted = await host.Hook.NextAsync();
        Assert.Equal((body, WebhookSignature.Of(Encoding.UTF8.GetBytes(body), host.Secret)), (posted.Body, posted.Signature));
        Assert.Equal("""{"status":403}""", await answer.Content.ReadAsStringAsync(InstagramHost.Limit));
    }

    [Fact]
    public async Task An_echo_can_come_before_the_answer()
    {
        await using var host = await InstagramHost.WithACustomerAsync();
        await host.PutAsync("echoes", new { before_answer = true });
        var heard = new TaskCompletionSource();
        var answered = new TaskCompletionSource();
        host.Hook.Answer = _ =>
        {
            heard.SetResult();
            return answered.Task.Wait(TimeSpan.FromSeconds(20)) ? 200 : 500;
        };

        var send = host.SendAsync("x");
        await heard.Task.WaitAsync(TimeSpan.FromSeconds(20), InstagramHost.Limit);
        for (var call = 0; call < 3; call++)
        {
            // An answer that did not wait would overtake these.
            await host.GraphAsync(HttpMethod.Get, "me");
        }

        var isOpen = !send.IsCompleted;
        answered.SetResult();

        Assert.True(isOpen);
        Assert.Equal((string?)(await host.Hook.NextAsync()).Item["message"]!["mid"], (await send).Mid);
    }

    [Fact]
    public async Task An_echo_can_come_late_or_never()
    {
        await using var host = await InstagramHost.WithACustomerAsync(_time);
        await host.PutAsync("echoes", new { enabled = false });
        await host.SendAsync("without");
        await host.PutAsync("echoes", new { delay_ms = 700 });
        await host.SendAsync("late");
        await host.WriteAsync("meanwhile");

        var first = TextOf(await host.Hook.NextAsync());
        await _time.ElapseAsync(TimeSpan.FromMilliseconds(700));

        Assert.Equal("meanwhile", first);
        Assert.Equal("late", (string?)(await host.Hook.NextAsync("message"))["message"]!["text"]);
    }

    [Fact]
    public async Task What_the_owner_writes_in_the_app_is_known_by_its_echo_alone()
    {
        await using var host = await InstagramHost.WithACustomerAsync();

        var mid = await host.DeedAsync($"customers/{InstagramHost.Customer}/app_messages", new { text = "from my phone" });

        var message = (await host.Hook.NextAsync()).Item["message"]!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse($$"""{"mid":"{{mid}}","text":"from my phone","is_echo":true}"""), message));
        Assert.Equal("business", (string?)(await host.ItemsAsync())[1]["from"]);
    }

    [Theory]
    [InlineData("image", "image/png", 1000, 200, null)]
    [InlineData("audio", "audio/mp4", 1000, 200, null)]
    [InlineData("file", "application/pdf", 1000, 200, null)]
    [InlineData("image", "image/png", 8 * 1024 * 1024 + 1, 400, 2018109)]
    [InlineData("video", "video/mp4", 25 * 1024 * 1024 + 1, 400, 2018109)]
    [InlineData("image", "text/html", 1000, 400, 2018047)]
    [InlineData("image", null, 0, 400, 2018008)]
    public async Task A_file_is_fetched_from_its_address(string kind, string? type, int size, int status, int? subcode)
    {
        await using var host = await InstagramHost.WithACustomerAsync();
        var url = type is null ? "http://127.0.0.1:1/gone" : $"{host.Http.BaseAddress}files/{size}?type={Uri.EscapeDataString(type)}";

        var answer = await host.SendAsync(new { recipient = new { id = InstagramHost.Customer }, message = new { attachment = new { type = kind, payload = new { url } } } });

        Assert.Equal((status, subcode), (answer.Status, answer.Error.Subcode));
        if (status == 200)
        {
            var shown = (await host.ItemsAsync())[1]["files"]![0]!;
            Assert.Equal((kind, "a name.bin"), ((string?)shown["kind"], (string?)shown["name"]));
            Assert.Equal(size, (await host.Http.GetByteArrayAsync((string?)shown["url"], InstagramHost.Limit)).Length);
            Assert.Equal(kind, (string?)(await host.Hook.NextAsync()).Item["message"]!["attachments"]![0]!["type"]);
        }
    }

    [Fact]
    public async Task Several_images_are_one_message()
    {
        await using var host = await InstagramHost.WithACustomerAsync();
        var image = new { type = "image", payload = new { url = $"{host.Http.BaseAddress}files/10?type=image/png" } };

        var sent = await host.SendAsync(new { recipient = new { id = InstagramHost.Customer }, message = new { attachments = new[] { image, image } } });
        var tooMany = await host.SendAsync(new { recipient = new { id = InstagramHost.Customer }, message = new { attachments = Enumerable.Repeat(image, 11) } });

        Assert.Equal((200, (100, null)), (sent.Status, tooMany.Error));
        Assert.Equal(2, (await host.ItemsAsync())[1]["files"]!.AsArray().Count);
    }

    private static string? TextOf(PostedEvent posted) => (string?)posted.Item["message"]?["text"];
}
