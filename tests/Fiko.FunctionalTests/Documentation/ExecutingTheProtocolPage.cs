using System.Text.Json;
using System.Text.RegularExpressions;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Documentation;

public sealed partial class ExecutingTheProtocolPage(FikoServer server) : IClassFixture<FikoServer>
{
    [Fact]
    public async Task Every_sample_that_a_client_may_send_is_taken_without_an_error()
    {
        var bot = await TelegramWorkspace.CreateAsync(server);
        foreach (var sample in ProtocolPage.ToServer)
        {
            var (conversation, received, failed, sent) = await AnswerAndFailAsync(bot);
            await using var socket = sample.Socket == "list"
                ? await bot.Workspace.OpenListAsync(bot.Owner)
                : await bot.OpenChatAsync(conversation);

            var upload = sample.Text.Contains("att_1", StringComparison.Ordinal) ? (await server.UploadedAsync(bot.Owner, SomeFile.Png())).Text("id")! : "";

            await socket.SendTextAsync(Placeholder().Replace(sample.Text, id => id.Value switch { "msg_1" => received, "msg_2" => failed, "att_1" => upload, "eyJhbGciOiJIUzI1NiJ9" => bot.Owner.Token, _ => sent }));

            // What a platform is asked for comes beside the socket's other frames; its outcome says that it was taken.
            if (sample.Frame is "edit_message" or "delete_message")
            {
                await socket.NextAsync(sample.Frame == "edit_message" ? "message_edited" : "message_deleted");
            }

            await socket.DrainAsync();
            Assert.DoesNotContain(socket.Heard, f => f.IsA("error"));
        }
    }

    [Fact]
    public async Task Every_sample_that_a_client_hears_looks_like_a_frame_of_the_server()
    {
        var heard = await HearEverythingAsync();

        foreach (var sample in ProtocolPage.FromServer)
        {
            var frames = heard.Where(f => f.IsA(sample.Frame)).ToList();
            var differences = frames.Select(f => Shape.Differences(sample.Json, f)).ToList();
            Assert.True(
                differences.Exists(d => d.Count == 0),
                $"No frame looks like this sample:\n{sample.Text}\n{string.Join('\n', differences.SelectMany(d => d).Prepend($"{frames.Count} frames").Distinct())}");
        }
    }

    // The ids of a customer's message, of an answer that the platform refused, and of one that it took.
    private static async Task<(string Conversation, string Received, string Failed, string Sent)> AnswerAndFailAsync(TelegramWorkspace bot)
    {
        var conversation = await bot.BeginAsync(CustomersSide.NewCustomer());
        await using var chat = await bot.Workspace.OpenChatAsync(bot.Owner, conversation);
        var received = (await chat.NextAsync("recent_messages")).Text("messages.0.id")!;
        await chat.SendAsync(new { type = "chat_message", content = "Hello" });
        var sent = await chat.NextAsync("chat_message");
        await bot.Customers.FailNextAsync("blocked");
        await chat.SendAsync(new { type = "chat_message", content = "Hello" });
        var failed = await chat.NextAsync("chat_message");
        Assert.Equal("failed", failed.Text("message.status"));
        return (conversation, received, failed.Text("message.id")!, sent.Text("message.id")!);
    }

    private async Task<List<JsonElement>> HearEverythingAsync()
    {
        var bot = await TelegramWorkspace.CreateAsync(server);
        var customer = CustomersSide.NewCustomer();
        await using var list = await bot.Workspace.OpenListAsync(bot.Owner);
        var conversation = await bot.BeginAsync(customer);
        await using var chat = await bot.Workspace.OpenChatAsync(bot.Owner, conversation);
        var recent = await chat.NextAsync("recent_messages");
        var received = recent.Text("messages.0.id")!;

        await list.SendAsync(new { type = "get_conversations" });
        await chat.SendAsync(new { type = "get_messages", before = 51 });
        await chat.SendAsync(new { type = "chat_message", content = " ", client_id = "empty-1" });
        await HearACompanionAsync(bot, conversation, chat);

        await chat.SendAsync(new { type = "chat_message", content = "On its way", client_id = "once-1", reply_to = received });
        await chat.NextAsync("chat_message");
        await chat.SendAsync(new { type = "chat_message", content = "On its way", client_id = "once-1", reply_to = received });
        await chat.NextAsync(f => f.TryGetProperty("duplicate", out _), "the duplicate");
        await bot.Customers.WriteAsync(customer, "Thanks");
        await chat.NextAsync("chat_message");
        await chat.SendAsync(new { type = "mark_read" });
        await chat.SendAsync(new { type = "mark_read" });
        await HearChangesAsync(bot, customer, chat);
        await HearColleaguesAsync(bot, conversation, chat);

        await using var resumed = await bot.Workspace.OpenChatAsync(bot.Owner, conversation, $"&cursor={recent.Text("cursor")}");
        await resumed.DrainAsync();
        await list.NextAsync("conversation_updated");
        await list.DrainAsync();
        return [.. list.Heard, .. chat.Heard, .. resumed.Heard, .. await HearTheEndsAsync()];
    }

    // Of a token and of a server: one of their own.
    private static async Task<IReadOnlyList<JsonElement>> HearTheEndsAsync()
    {
        await using var server = new ClockedServer();
        await server.InitializeAsync();
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, await workspace.BeginAsync("sara"));
        await chat.DrainAsync();
        server.Clock.Advance(TimeSpan.FromMinutes(29.5));
        await chat.NextAsync("token_expiring");
        await chat.SendAsync(new { type = "authenticate", token = await server.LogInAsync(workspace.Owner.Email, TestWorkspace.Password) });
        await chat.NextAsync("authenticated");
        server.Terminate();
        await chat.NextAsync("reconnect");
        return chat.Heard;
    }

    private static async Task HearACompanionAsync(TelegramWorkspace bot, string conversation, FikoSocket chat)
    {
        await using var companion = await bot.OpenChatAsync(conversation, bot.Workspace.Agents[1]);
        await companion.SendAsync(new { type = "typing", is_typing = true });
        await chat.NextAsync("typing_indicator");
    }

    private static async Task HearColleaguesAsync(TelegramWorkspace bot, string conversation, FikoSocket chat)
    {
        await chat.SendAsync(new { type = "note", content = "Called twice", client_id = "note-1", mentions = new[] { bot.Workspace.Agents[1].Id } });
        await chat.NextAsync(f => f.IsA("chat_message") && f.Text("message.type") == "note", "the note");
        await using var companion = await bot.OpenChatAsync(conversation, bot.Workspace.Agents[1]);
        await companion.SendAsync(new { type = "claim" });
        await chat.NextAsync("conversation_updated");
        await chat.SendAsync(new { type = "claim" });
        await chat.NextAsync("error");
    }

    private static async Task HearChangesAsync(TelegramWorkspace bot, long customer, FikoSocket chat)
    {
        await bot.Customers.EditAsync(customer, (await bot.Customers.SeesAsync(customer))[0].Id, "Hello again");
        await chat.NextAsync("message_edited");
        await bot.Customers.FailNextAsync("blocked");
        await chat.SendAsync(new { type = "chat_message", content = "Blocked" });
        var failed = await chat.NextAsync("chat_message");
        await chat.SendAsync(new { type = "retry_message", message_id = failed.Text("message.id") });
        await chat.NextAsync(f => f.IsA("message_status") && f.Text("status") == "sent", "the message to be sent");
        await chat.SendAsync(new { type = "delete_message", message_id = failed.Text("message.id") });
        await chat.NextAsync("message_deleted");
        await bot.Customers.SendAsync(customer, "photo", "The receipt");
        await chat.NextAsync("message_attachments");
        await bot.Customers.DoAsync(customer, $"messages/{(await bot.Customers.SeesAsync(customer))[0].Id}/reactions", new { emoji = "👍" });
        await chat.NextAsync("message_reaction");
        await chat.DrainAsync();
    }

    [GeneratedRegex(@"\b(msg_[123]|att_1|eyJhbGciOiJIUzI1NiJ9)\b")]
    private static partial Regex Placeholder();
}
