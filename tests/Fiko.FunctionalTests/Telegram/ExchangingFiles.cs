using System.Text;
using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Telegram;

public sealed class ExchangingFiles(ExchangingFiles.Server server) : IClassFixture<ExchangingFiles.Server>
{
    [Fact]
    public async Task What_an_agent_sends_is_what_the_customer_has_with_its_words_and_its_name()
    {
        var (telegram, customer, chat, question) = await BeginAsync();
        await using var open = chat;
        var (picture, notes) = (SomeFile.Png(length: 300_000), Encoding.UTF8.GetBytes("یادداشت"));
        var first = await server.UploadedAsync(telegram.Owner, picture, "عکس.png");
        var second = await server.UploadedAsync(telegram.Owner, notes, "یادداشت ۱.txt");

        await chat.SendAsync(new { type = "chat_message", content = "a < b سلام 🌹", reply_to = question, attachments = new[] { IdOf(first), IdOf(second) } });

        var shown = await chat.NextAsync("chat_message");
        Assert.Equal("sent", shown.GetProperty("message").GetProperty("status").GetString());
        var all = await telegram.Customers.SeesAsync(customer);
        var seen = all.Where(m => m.From == "bot").ToList();
        Assert.Equal([("photo", "a < b سلام 🌹", all[0].Id), ("document", "", null)], seen.Select(m => (m.Kind, m.Text, m.ReplyTo)));
        Assert.Equal([picture, notes], await Task.WhenAll(seen.Select(BytesAsync)));
        Assert.Equal("یادداشت ۱.txt", Assert.Single(seen[1].Files).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Words_that_are_too_long_for_a_caption_follow_the_file()
    {
        var (telegram, customer, chat, _) = await BeginAsync();
        await using var open = chat;
        var picture = await server.UploadedAsync(telegram.Owner, SomeFile.Png());

        await chat.SendAsync(new { type = "chat_message", content = new string('a', 1025), attachments = new[] { IdOf(picture) } });

        await chat.NextAsync("chat_message");
        var seen = (await telegram.Customers.SeesAsync(customer)).Where(m => m.From == "bot").ToList();
        Assert.Equal([("photo", 0), ("text", 1025)], seen.Select(m => (m.Kind, m.Text.Length)));
    }

    [Fact]
    public async Task A_caption_can_be_changed_and_the_file_taken_back()
    {
        var (telegram, customer, chat, _) = await BeginAsync();
        await using var open = chat;
        var picture = await server.UploadedAsync(telegram.Owner, SomeFile.Png());
        await chat.SendAsync(new { type = "chat_message", content = "befor", attachments = new[] { IdOf(picture) } });
        var message = (await chat.NextAsync("chat_message")).GetProperty("message").GetProperty("id").GetString();

        await chat.SendAsync(new { type = "edit_message", message_id = message, content = "before" });
        await chat.NextAsync("message_edited");
        var edited = (await telegram.Customers.SeesAsync(customer))[^1];
        await chat.SendAsync(new { type = "delete_message", message_id = message });
        await chat.NextAsync("message_deleted");

        Assert.Equal(("photo", "before"), (edited.Kind, edited.Text));
        Assert.True((await telegram.Customers.SeesAsync(customer))[^1].IsDeleted);
    }

    [Fact]
    public async Task What_a_customer_sends_is_what_the_agent_has()
    {
        var (telegram, customer, chat, _) = await BeginAsync();
        await using var open = chat;

        await telegram.Customers.SendAsync(customer, "photo", "look");

        var message = (await chat.NextAsync("chat_message")).GetProperty("message");
        var file = message.GetProperty("attachments")[0];
        if (file.GetProperty("status").GetString() != "ready")
        {
            file = (await chat.NextAsync("message_attachments")).GetProperty("message").GetProperty("attachments")[0];
        }

        using var got = await server.GetFileAsync(file.GetProperty("url").GetString()!);
        Assert.Equal(await BytesAsync((await telegram.Customers.SeesAsync(customer))[^1]), await got.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        server.Log.AssertNever(telegram.Token);
    }

    private static string? IdOf(JsonElement upload) => upload.GetProperty("id").GetString();

    private Task<byte[]> BytesAsync(SeenMessage message) =>
        server.Http.GetByteArrayAsync(Assert.Single(message.Files).GetProperty("url").GetString(), TestContext.Current.CancellationToken);

    private async Task<(TelegramWorkspace Telegram, long Customer, FikoSocket Chat, string? Question)> BeginAsync()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var customer = CustomersSide.NewCustomer();
        var conversation = await telegram.BeginAsync(customer);
        return (telegram, customer, await telegram.OpenChatAsync(conversation), (await telegram.ReadChatAsync(conversation))[0].GetProperty("id").GetString());
    }

    public sealed class Server : PatientServer
    {
        public Server() => LogEverything();
    }
}
