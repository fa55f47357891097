using System.Text.Json;
using Fiko.Domain.Channels;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Telegram;

public sealed class SayingMoreThanWords(PatientServer server) : IClassFixture<PatientServer>
{
    [Theory]
    [InlineData("photo", "image", "این رسید است")]
    [InlineData("voice", "voice", null)]
    [InlineData("video", "video", "see")]
    [InlineData("video_note", "video_note", null)]
    [InlineData("document", "file", null)]
    [InlineData("audio", "audio", null)]
    [InlineData("sticker", "sticker", null)]
    [InlineData("animation", "animation", null)]
    public async Task A_file_is_there_with_its_message_however_slow_its_bytes_are(string sent, string shown, string? caption)
    {
        var (telegram, customer, chat, _) = await BeginAsync();
        await using var open = chat;

        await telegram.Customers.SendAsync(customer, sent, caption);

        var message = (await chat.NextAsync("chat_message")).GetProperty("message");
        var file = Assert.Single(message.GetProperty("attachments").EnumerateArray());
        Assert.Equal((shown, sent), (file.GetProperty("kind").GetString(), message.GetProperty("kind").GetString()));
        Assert.Equal(caption, message.GetProperty("caption").GetString());
        Assert.StartsWith("[", message.GetProperty("content").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("location")]
    [InlineData("contact")]
    [InlineData("venue")]
    [InlineData("poll")]
    [InlineData("dice")]
    public async Task What_has_no_bytes_has_no_file(string kind)
    {
        var (telegram, customer, chat, _) = await BeginAsync();
        await using var open = chat;

        await telegram.Customers.SendAsync(customer, kind);

        var message = (await chat.NextAsync("chat_message")).GetProperty("message");
        Assert.Equal(kind, message.GetProperty("kind").GetString());
        Assert.Empty(message.GetProperty("attachments").EnumerateArray());
    }

    [Fact]
    public async Task An_album_is_one_message_in_the_end()
    {
        var (telegram, customer, chat, conversation) = await BeginAsync();
        await using var open = chat;

        await telegram.Customers.DoAsync(customer, "album", new { count = 3, caption = "three" });

        await telegram.SettledUpdatesAsync(4);
        var album = (await telegram.ReadChatAsync(conversation))[^1];
        Assert.Equal(3, album.GetProperty("attachments").GetArrayLength());
        Assert.Equal((2, "three"), (album.GetProperty("seq").GetInt32(), album.GetProperty("caption").GetString()));
    }

    [Fact]
    public async Task A_file_that_a_bot_may_not_download_is_a_message_that_says_so()
    {
        var (telegram, customer, chat, _) = await BeginAsync();
        await using var open = chat;

        await telegram.Customers.DoAsync(customer, "document", new { file_name = "film.mkv", file_size = 30_000_000 });

        var message = (await chat.NextAsync("chat_message")).GetProperty("message");
        var file = Assert.Single(message.GetProperty("attachments").EnumerateArray());
        Assert.Equal("[document] film.mkv", message.GetProperty("content").GetString());
        Assert.Equal(
            ("unavailable", "Larger than the 20 MB that a bot may download"), (file.GetProperty("status").GetString(), file.GetProperty("problem").GetString()));
    }

    [Fact]
    public async Task The_link_that_opened_the_bot_is_shown_with_what_it_carries()
    {
        var (telegram, customer, chat, _) = await BeginAsync();
        await using var open = chat;

        await telegram.Customers.DoAsync(customer, "start", new { payload = "campaign-7" });

        var message = (await chat.NextAsync("chat_message")).GetProperty("message");
        Assert.Equal(("start", "/start campaign-7"), (message.GetProperty("kind").GetString(), message.GetProperty("content").GetString()));
    }

    [Fact]
    public async Task An_edited_caption_changes_the_message_and_not_its_file()
    {
        var (telegram, customer, chat, _) = await BeginAsync();
        await using var open = chat;
        await telegram.Customers.SendAsync(customer, "photo", "befor");
        await chat.NextAsync("chat_message");

        await telegram.Customers.DoAsync(customer, $"messages/{(await telegram.Customers.SeesAsync(customer))[^1].Id}/edit", new { caption = "before" });

        var edited = (await chat.NextAsync("message_edited")).GetProperty("message");
        Assert.Equal(("[photo] before", "before"), (edited.GetProperty("content").GetString(), edited.GetProperty("caption").GetString()));
        Assert.Single(edited.GetProperty("attachments").EnumerateArray());
    }

    [Fact]
    public async Task Reactions_go_both_ways_and_back()
    {
        var (telegram, customer, chat, _) = await BeginAsync();
        await using var open = chat;
        await chat.SendAsync(new { type = "chat_message", content = "Thank you" });
        var mine = (await chat.NextAsync("chat_message")).GetProperty("message").GetProperty("id").GetString();
        var there = (await telegram.Customers.SeesAsync(customer))[^1].Id;

        await telegram.Customers.DoAsync(customer, $"messages/{there}/reactions", new { emoji = "👍" });
        var liked = await chat.NextAsync("message_reaction");
        await telegram.Customers.DoAsync(customer, $"messages/{there}/reactions", new { emoji = (string?)null });
        var taken = await chat.NextAsync("message_reaction");
        await chat.SendAsync(new { type = "message_reaction", message_id = mine, emoji = "❤️" });
        var loved = await chat.NextAsync("message_reaction");
        await chat.SendAsync(new { type = "message_reaction", message_id = mine, emoji = "x" });
        var refused = await chat.NextAsync("error");

        Assert.Equal(
            [(mine, "👍", "customer"), (mine, null, "customer"), (mine, "❤️", "support")],
            new[] { liked, taken, loved }.Select(f =>
                (f.GetProperty("message_id").GetString(), f.GetProperty("emoji").GetString(), f.GetProperty("by").GetString())));
        Assert.Contains("Telegram does not offer this reaction", refused.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_customer_who_blocks_the_bot_and_comes_back_is_seen_doing_so()
    {
        var (telegram, customer, chat, _) = await BeginAsync();
        await using var open = chat;

        await telegram.Customers.DoAsync(customer, "block");
        await telegram.SettledUpdatesAsync(2);
        await chat.SendAsync(new { type = "chat_message", content = "Are you there?" });
        var unheard = await chat.NextAsync("chat_message");
        await telegram.Customers.DoAsync(customer, "unblock");
        await telegram.Customers.WriteAsync(customer, "Back again");
        await chat.NextAsync(f => FikoSocket.TypeOf(f) == "chat_message" && f.GetRawText().Contains("Back again", StringComparison.Ordinal), "the return");

        Assert.Equal("failed", unheard.GetProperty("message").GetProperty("status").GetString());
        Assert.All(await telegram.UpdatesAsync(), u => Assert.Equal(InboundStatus.Processed, u.Status));
    }

    [Fact]
    public async Task An_answer_to_a_chat_that_has_moved_follows_it_once()
    {
        var (telegram, customer, chat, _) = await BeginAsync();
        await using var open = chat;
        var moved = CustomersSide.NewCustomer();
        await telegram.Customers.DoAsync(customer, "migrate", new { to = moved });

        await chat.SendAsync(new { type = "chat_message", content = "Found you" });

        var shown = await chat.NextAsync("chat_message");
        Assert.Equal("sent", shown.GetProperty("message").GetProperty("status").GetString());
        Assert.Equal(["Found you"], await telegram.Customers.AnswersAsync(moved));
    }

    private async Task<(TelegramWorkspace Telegram, long Customer, FikoSocket Chat, string Conversation)> BeginAsync()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var customer = CustomersSide.NewCustomer();
        var conversation = await telegram.BeginAsync(customer);
        return (telegram, customer, await telegram.OpenChatAsync(conversation), conversation);
    }
}
