using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Fiko.UnitTests.Sandbox;

public class CallingTheBotApi
{
    [Fact]
    public async Task A_token_names_its_bot()
    {
        await using var host = await SandboxHost.StartAsync();

        var me = await host.Bot().GetMe(SandboxHost.Limit);

        Assert.Equal((7000000001, true, "Sandbox bot", "sandbox_7000000001_bot"), (me.Id, me.IsBot, me.FirstName, me.Username));
    }

    [Theory]
    [InlineData("7000000001:short")]
    [InlineData("70:sandbox-token-of-the-tests-0001")]
    [InlineData("7000000001:sandbox-token-of-the-tests+0001")]
    public async Task A_malformed_token_is_unauthorized(string token)
    {
        await using var host = await SandboxHost.StartAsync();

        var answer = await host.Http.GetAsync($"/bot{token}/getMe", SandboxHost.Limit);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(
            """{"ok":false,"error_code":401,"description":"Unauthorized: invalid token specified"}""",
            await answer.Content.ReadAsStringAsync(SandboxHost.Limit));
    }

    [Fact]
    public async Task Parameters_come_as_query_form_or_json_and_methods_in_any_case()
    {
        await using var host = await SandboxHost.StartAsync();
        await host.Bot().GetMe(SandboxHost.Limit);
        await host.PostAsync("customers/42/messages", new { text = "hi" });

        await host.Http.GetAsync($"/bot{SandboxHost.Token}/SENDMESSAGE?chat_id=42&text=query", SandboxHost.Limit);
        await host.Http.PostAsync($"/bot{SandboxHost.Token}/sendmessage", Form(("chat_id", "42"), ("text", "form")), SandboxHost.Limit);
        await host.Http.PostAsJsonAsync($"/bot{SandboxHost.Token}/sendMessage", new { chat_id = 42, text = "json" }, SandboxHost.Limit);

        Assert.Equal(["hi", "query", "form", "json"], await TextsAsync(host, 42));
    }

    [Fact]
    public async Task A_reply_carries_the_original()
    {
        await using var host = await SandboxHost.StartAsync();
        await host.Bot().GetMe(SandboxHost.Limit);
        await host.PostAsync("customers/42/messages", new { text = "سلام", first_name = "نگار" });
        var original = (int)(await host.LookAsync("customers/42/messages"))["items"]![0]!["id"]!;

        var sent = await host.Bot().SendMessage(42, "بفرمایید", replyParameters: original, cancellationToken: SandboxHost.Limit);

        Assert.Equal((original, "سلام", "نگار"), (sent.ReplyToMessage?.Id, sent.ReplyToMessage?.Text, sent.Chat.FirstName));
        Assert.Equal(original, (int?)(await host.LookAsync("customers/42/messages"))["items"]![1]!["reply_to"]);
    }

    [Fact]
    public async Task A_reply_to_nothing_fails_unless_it_may_go_without()
    {
        await using var host = await SandboxHost.StartAsync();
        await host.Bot().GetMe(SandboxHost.Limit);
        await host.PostAsync("customers/42/messages", new { text = "hi" });

        var sent = await host.Bot().SendMessage(42, "a", replyParameters: new ReplyParameters { MessageId = 5, AllowSendingWithoutReply = true }, cancellationToken: SandboxHost.Limit);
        var refused = await RefusalAsync(() => host.Bot().SendMessage(42, "a", replyParameters: 5));

        Assert.Null(sent.ReplyToMessage);
        Assert.Equal((400, "Bad Request: message to be replied not found"), refused);
    }

    [Fact]
    public async Task What_cannot_be_sent_is_refused_in_telegrams_words()
    {
        await using var host = await SandboxHost.StartAsync();
        var bot = host.Bot();
        await bot.GetMe(SandboxHost.Limit);
        await host.PostAsync("customers/42/messages", new { text = "hi" });

        Assert.Equal((400, "Bad Request: chat not found"), await RefusalAsync(() => bot.SendMessage(43, "hi")));
        Assert.Equal((400, "Bad Request: message text is empty"), await RefusalAsync(() => bot.SendMessage(42, " \n ")));
        Assert.Equal((400, "Bad Request: message is too long"), await RefusalAsync(() => bot.SendMessage(42, new string('x', 4097))));
        Assert.Equal(4096, (await bot.SendMessage(42, new string('x', 4096), cancellationToken: SandboxHost.Limit)).Text!.Length);
        await host.PostAsync("customers/42/block");
        Assert.Equal((403, "Forbidden: bot was blocked by the user"), await RefusalAsync(() => bot.SendMessage(42, "hi")));
        Assert.Equal((403, "Forbidden: bot was blocked by the user"), await RefusalAsync(() => bot.SendChatAction(42, ChatAction.Typing)));
    }

    [Fact]
    public async Task An_answer_can_be_changed_and_taken_back()
    {
        await using var host = await SandboxHost.StartAsync();
        var bot = host.Bot();
        await bot.GetMe(SandboxHost.Limit);
        await host.PostAsync("customers/42/messages", new { text = "hi" });
        var sent = await bot.SendMessage(42, "first", cancellationToken: SandboxHost.Limit);

        var edited = await bot.EditMessageText(42, sent.Id, "second", cancellationToken: SandboxHost.Limit);
        var same = await RefusalAsync(() => bot.EditMessageText(42, sent.Id, "second"));
        var afterEdit = (await host.LookAsync("customers/42/messages"))["items"]![1]!;
        await bot.DeleteMessage(42, sent.Id, cancellationToken: SandboxHost.Limit);

        Assert.Equal(("second", sent.Id), (edited.Text, edited.Id));
        Assert.StartsWith("Bad Request: message is not modified", same.Description, StringComparison.Ordinal);
        Assert.Equal(("second", true), ((string?)afterEdit["text"], (bool)afterEdit["edited"]!));
        Assert.True((bool)(await host.LookAsync("customers/42/messages"))["items"]![1]!["deleted"]!);
        Assert.Equal((400, "Bad Request: message to delete not found"), await RefusalAsync(() => bot.DeleteMessage(42, sent.Id)));
    }

    [Fact]
    public async Task An_unknown_method_and_every_file_is_not_found()
    {
        await using var host = await SandboxHost.StartAsync();

        var method = await host.Http.GetFromJsonAsyncAny($"/bot{SandboxHost.Token}/sendDice");
        var file = await host.Http.GetFromJsonAsyncAny($"/file/bot{SandboxHost.Token}/photos/file_1.jpg");

        Assert.Equal((404, "Not Found: method not found"), ((int)method["error_code"]!, (string?)method["description"]));
        Assert.Equal((404, "Not Found"), ((int)file["error_code"]!, (string?)file["description"]));
    }

    private static async Task<(int Code, string Description)> RefusalAsync(Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<ApiRequestException>(call);
        return (refused.ErrorCode, refused.Message);
    }

    private static async Task<string[]> TextsAsync(SandboxHost host, long customer) =>
        [.. (await host.LookAsync($"customers/{customer}/messages"))["items"]!.AsArray().Select(m => (string)m!["text"]!)];

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
}

internal static class AnyAnswer
{
    public static async Task<JsonNode> GetFromJsonAsyncAny(this HttpClient http, string path) =>
        JsonNode.Parse(await (await http.GetAsync(path, SandboxHost.Limit)).Content.ReadAsStringAsync(SandboxHost.Limit))!;
}
