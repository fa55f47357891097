using System.Text.Json;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Telegram;

/// <summary>A server that waits for the platform as long as a test does, so that a slow machine shows nothing as pending.</summary>
public class PatientServer : FikoServer
{
    public PatientServer() => Settings["Delivery:InlineWait"] = "00:01:00";
}

public sealed class AnsweringOnTelegram(PatientServer server) : IClassFixture<PatientServer>
{
    private const string Sent = """{"success":true,"platform":"telegram"}""";

    [Theory]
    [InlineData("a < b & c")]
    [InlineData("<3 <b>not bold</b> _not_ *not* [no](link) &amp;")]
    [InlineData("سلام، سفارش شما ارسال شد 🌹")]
    [InlineData("two\n\n  lines\tand a tab")]
    public async Task What_the_agent_typed_is_what_the_customer_reads(string text)
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var customer = CustomersSide.NewCustomer();
        await using var chat = await telegram.OpenChatAsync(await telegram.BeginAsync(customer));

        await chat.SendAsync(new { type = "chat_message", content = $"  {text} \n" });

        var shown = await chat.NextAsync("chat_message");
        Assert.Equal(Sent, shown.GetProperty("external_send_result").GetRawText());
        Assert.Equal(("sent", text), (shown.GetProperty("message").GetProperty("status").GetString(), shown.GetProperty("message").GetProperty("content").GetString()));
        Assert.Equal([text], await telegram.Customers.AnswersAsync(customer));
    }

    [Fact]
    public async Task A_text_over_the_platforms_limit_is_one_message_in_consecutive_sends()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var customer = CustomersSide.NewCustomer();
        await using var chat = await telegram.OpenChatAsync(await telegram.BeginAsync(customer));
        var text = string.Concat(Enumerable.Repeat("🌹", 4000));

        await chat.SendAsync(new { type = "chat_message", content = text });
        await chat.SendAsync(new { type = "chat_message", content = "the end" });

        var shown = await chat.NextAsync("chat_message");
        Assert.Equal(text, shown.GetProperty("message").GetProperty("content").GetString());
        Assert.Equal(Sent, shown.GetProperty("external_send_result").GetRawText());
        Assert.Equal(3, (await chat.NextAsync("chat_message")).GetProperty("message").GetProperty("seq").GetInt32());
        var answers = await telegram.Customers.AnswersAsync(customer);
        Assert.Equal([4096, 3904, 7], answers.Select(a => a.Length));
        Assert.Equal(text + "the end", string.Concat(answers));
    }

    [Fact]
    public async Task A_long_text_is_split_at_white_space()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var customer = CustomersSide.NewCustomer();
        await using var chat = await telegram.OpenChatAsync(await telegram.BeginAsync(customer));
        var (first, second) = (string.Concat(Enumerable.Repeat("🌹", 1500)), string.Concat(Enumerable.Repeat("🌷", 1500)));

        await chat.SendAsync(new { type = "chat_message", content = $"{first} {second}" });

        await chat.NextAsync("chat_message");
        Assert.Equal([first, second], await telegram.Customers.AnswersAsync(customer));
    }

    [Fact]
    public async Task An_answer_to_a_message_is_a_reply_on_the_platform_too()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var customer = CustomersSide.NewCustomer();
        var conversation = await telegram.BeginAsync(customer, "The question");
        await using var chat = await telegram.OpenChatAsync(conversation);
        var question = (await telegram.ReadChatAsync(conversation))[0].GetProperty("id").GetString();

        await chat.SendAsync(new { type = "chat_message", content = "The answer", reply_to = question });
        var answer = (await chat.NextAsync("chat_message")).GetProperty("message");
        await chat.SendAsync(new { type = "chat_message", content = "And more", reply_to = answer.GetProperty("id").GetString() });
        await chat.NextAsync("chat_message");

        Assert.Equal(question, answer.GetProperty("reply_to").GetString());
        var seen = await telegram.Customers.SeesAsync(customer);
        Assert.Equal((int?[])[null, seen[0].Id, seen[1].Id], seen.Select(m => m.ReplyTo));
    }

    [Fact]
    public async Task Answers_of_several_agents_go_out_in_the_order_in_which_they_are_shown()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var customer = CustomersSide.NewCustomer();
        var conversation = await telegram.BeginAsync(customer);
        await using var one = await telegram.OpenChatAsync(conversation);
        await using var other = await telegram.OpenChatAsync(conversation, telegram.Workspace.Agents[1]);

        for (var n = 0; n < 10; n++)
        {
            await one.SendAsync(new { type = "chat_message", content = $"one {n}" });
            await other.SendAsync(new { type = "chat_message", content = $"other {n}" });
        }

        var shown = new List<JsonElement>();
        while (shown.Count < 20)
        {
            shown.Add((await one.NextAsync("chat_message")).GetProperty("message"));
        }

        Assert.Equal(Enumerable.Range(2, 20), shown.Select(m => m.GetProperty("seq").GetInt32()));
        Assert.Equal(shown.Select(m => m.GetProperty("content").GetString()), await telegram.Customers.AnswersAsync(customer));
        var mine = shown.Select(m => m.GetProperty("content").GetString()!).Where(t => t.StartsWith("one", StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(0, 10).Select(n => $"one {n}"), mine);
    }

    [Fact]
    public async Task The_same_client_id_again_is_sent_once()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var customer = CustomersSide.NewCustomer();
        await using var chat = await telegram.OpenChatAsync(await telegram.BeginAsync(customer));

        await chat.SendAsync(new { type = "chat_message", content = "once", client_id = "c-1" });
        await chat.NextAsync("chat_message");
        await chat.SendAsync(new { type = "chat_message", content = "once", client_id = "c-1" });
        var duplicate = await chat.NextAsync("chat_message");
        await chat.SendAsync(new { type = "chat_message", content = "the end" });
        await chat.NextAsync("chat_message");

        Assert.True(duplicate.GetProperty("duplicate").GetBoolean());
        Assert.Equal(Sent, duplicate.GetProperty("external_send_result").GetRawText());
        Assert.Equal(["once", "the end"], await telegram.Customers.AnswersAsync(customer));
    }
}
