using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Fiko.UnitTests.Sandbox.Instagram;

public class SendingThingsOnInstagram
{
    [Theory]
    [InlineData("photo", "image", "image/png")]
    [InlineData("video", "video", "video/mp4")]
    [InlineData("audio", "audio", "audio/wav")]
    [InlineData("file", "file", "application/pdf")]
    [InlineData("story_mention", "story_mention", "image/png")]
    [InlineData("share", "share", "image/png")]
    [InlineData("reel", "ig_reel", "video/mp4")]
    public async Task A_made_up_file_lies_behind_the_address(string path, string attachment, string type)
    {
        await using var host = await InstagramHost.StartAsync();

        await host.DeedAsync($"customers/{InstagramHost.Customer}/{path}");

        var sent = Assert.Single((await host.Hook.NextAsync()).Item["message"]!["attachments"]!.AsArray())!;
        Assert.Equal(attachment, (string?)sent["type"]);
        var url = (string)sent["payload"]!["url"]!;
        Assert.StartsWith($"{host.Http.BaseAddress}sandbox/instagram/cdn/", url, StringComparison.Ordinal);
        var file = await host.Http.GetAsync(url, InstagramHost.Limit);
        Assert.Equal(type, file.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty(await file.Content.ReadAsByteArrayAsync(InstagramHost.Limit));
    }

    [Fact]
    public async Task An_own_file_travels_with_the_text_beside_it()
    {
        await using var host = await InstagramHost.StartAsync();
        var photo = new ByteArrayContent([0xFF, 0xD8, 0xFF, 1, 2, 3]) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };
        using var form = new MultipartFormDataContent { { photo, "file", "کفش.jpg" }, { new StringContent("این را دارید؟"), "text" } };

        (await host.Http.PostAsync($"/sandbox/instagram/customers/{InstagramHost.Customer}/photo", form, InstagramHost.Limit)).EnsureSuccessStatusCode();

        var message = (await host.Hook.NextAsync()).Item["message"]!;
        Assert.Equal("این را دارید؟", (string?)message["text"]);
        var url = (string)message["attachments"]![0]!["payload"]!["url"]!;
        Assert.Equal([0xFF, 0xD8, 0xFF, 1, 2, 3], await host.Http.GetByteArrayAsync(url, InstagramHost.Limit));
        var shown = Assert.Single(await host.ItemsAsync())["files"]![0]!;
        Assert.Equal(("image", new Uri(url).AbsolutePath, "کفش.jpg"), ((string?)shown["kind"], (string?)shown["url"], (string?)shown["name"]));
    }

    [Fact]
    public async Task Several_and_large_files_are_made_up_on_demand()
    {
        await using var host = await InstagramHost.StartAsync();

        await host.DeedAsync($"customers/{InstagramHost.Customer}/photo", new { count = 3, size = 100_000 });

        var attachments = (await host.Hook.NextAsync()).Item["message"]!["attachments"]!.AsArray();
        Assert.Equal(3, attachments.Count);
        Assert.Equal(100_000, (await host.Http.GetByteArrayAsync((string)attachments[2]!["payload"]!["url"]!, InstagramHost.Limit)).Length);
    }

    [Theory]
    [InlineData("heart", """[{"type":"like_heart"}]""")]
    [InlineData("ephemeral", """[{"type":"ephemeral"}]""")]
    public async Task Some_kinds_have_no_payload(string path, string attachments)
    {
        await using var host = await InstagramHost.StartAsync();

        await host.DeedAsync($"customers/{InstagramHost.Customer}/{path}");

        Assert.Equal(attachments, (await host.Hook.NextAsync()).Item["message"]!["attachments"]!.ToJsonString());
    }

    [Fact]
    public async Task An_unsupported_kind_tells_nothing_of_itself()
    {
        await using var host = await InstagramHost.StartAsync();

        var mid = await host.DeedAsync($"customers/{InstagramHost.Customer}/unsupported");

        Assert.Equal($$"""{"mid":"{{mid}}","is_unsupported":true}""", (await host.Hook.NextAsync()).Item["message"]!.ToJsonString());
    }

    [Fact]
    public async Task Replies_tell_what_they_answer()
    {
        await using var host = await InstagramHost.WithACustomerAsync();
        var theirs = (await host.SendAsync("hello")).Mid!;
        await host.Hook.NextAsync();

        await host.DeedAsync($"customers/{InstagramHost.Customer}/messages", new { text = "yes", reply_to = theirs });
        var reply = await host.Hook.NextAsync("message");
        await host.DeedAsync($"customers/{InstagramHost.Customer}/story_reply", new { text = "nice" });
        var story = await host.Hook.NextAsync("message");
        var missing = await host.PostAsync($"customers/{InstagramHost.Customer}/messages", new { text = "x", reply_to = "nothing" });

        Assert.Equal(theirs, (string?)reply["message"]!["reply_to"]!["mid"]);
        Assert.Equal("nice", (string?)story["message"]!["text"]);
        Assert.Matches("^179[0-9]{14}$", (string?)story["message"]!["reply_to"]!["story"]!["id"]);
        Assert.NotEmpty(await host.Http.GetByteArrayAsync((string)story["message"]!["reply_to"]!["story"]!["url"]!, InstagramHost.Limit));
        Assert.Equal(404, (int)missing.StatusCode);
    }

    [Fact]
    public async Task Buttons_tell_their_payload()
    {
        await using var host = await InstagramHost.StartAsync();

        var pressed = await host.DeedAsync($"customers/{InstagramHost.Customer}/postback", new { title = "ساعت کاری", payload = "HOURS" });
        var postback = await host.Hook.NextAsync("postback");
        await host.DeedAsync($"customers/{InstagramHost.Customer}/quick_reply", new { text = "Blue", payload = "BLUE" });
        var quick = await host.Hook.NextAsync("message");

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse($$"""{"mid":"{{pressed}}","title":"ساعت کاری","payload":"HOURS"}"""), postback["postback"]));
        Assert.Equal(("Blue", "BLUE"), ((string?)quick["message"]!["text"], (string?)quick["message"]!["quick_reply"]!["payload"]));
    }

    [Fact]
    public async Task A_file_comes_in_parts_and_never_as_a_page()
    {
        await using var host = await InstagramHost.StartAsync();
        await host.DeedAsync($"customers/{InstagramHost.Customer}/video", new { size = 1000 });
        var url = (string)(await host.Hook.NextAsync()).Item["message"]!["attachments"]![0]!["payload"]!["url"]!;
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new RangeHeaderValue(10, 19) } };

        using var answer = await host.Http.SendAsync(request, InstagramHost.Limit);

        Assert.Equal((206, 10L), ((int)answer.StatusCode, answer.Content.Headers.ContentLength));
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(404, (int)(await host.Http.GetAsync("/sandbox/instagram/cdn/0123456789012345678901234567890123456789", InstagramHost.Limit)).StatusCode);
    }
}
