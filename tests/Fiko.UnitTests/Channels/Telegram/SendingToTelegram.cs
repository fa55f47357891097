using Fiko.Application.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Fiko.UnitTests.Channels.Telegram;

public sealed class SendingToTelegram : IAsyncLifetime
{
    private static readonly ChannelConnection Bot = new(7, TelegramFake.Token);
    private static readonly OutgoingPart Hello = new("42", "a < b & c\n<b>سلام</b>");

    private readonly TelegramFake _telegram = new();
    private readonly ServiceProvider _services;
    private readonly IChannel _channel;

    public SendingToTelegram()
    {
        _services = _telegram.Build(new FakeTimeProvider());
        _channel = _services.GetRequiredService<IChannel>();
    }

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _telegram.DisposeAsync();
    }

    [Fact]
    public async Task A_text_goes_out_as_it_was_typed()
    {
        var outcome = await _channel.SendAsync(Bot, Hello, Test);

        Assert.Equal(new SendOutcome.Sent("77"), outcome);
        var request = Assert.Single(_telegram.Requests);
        Assert.Equal($"/bot{TelegramFake.Token}/sendMessage", request.Path);
        Assert.Equal("""{"chat_id":42,"text":"a < b & c\n<b>سلام</b>"}""", Plain(request.Body));
    }

    [Fact]
    public async Task An_answer_names_what_it_answers_and_goes_out_even_if_that_is_gone()
    {
        await _channel.SendAsync(Bot, Hello with { Text = "hi", ReplyTo = "512" }, Test);

        Assert.Equal(
            """{"chat_id":42,"text":"hi","reply_parameters":{"message_id":512,"allow_sending_without_reply":true}}""",
            Plain(Assert.Single(_telegram.Requests).Body));
    }

    [Theory]
    [InlineData("update:77")]
    [InlineData("99999999999")]
    [InlineData("")]
    public async Task An_original_that_telegram_cannot_name_is_left_out(string original)
    {
        await _channel.SendAsync(Bot, Hello with { Text = "hi", ReplyTo = original }, Test);

        Assert.Equal("""{"chat_id":42,"text":"hi"}""", Plain(Assert.Single(_telegram.Requests).Body));
    }

    [Fact]
    public async Task A_result_with_parts_that_nobody_knows_was_sent_all_the_same()
    {
        _telegram.Answer = _ => TelegramFake.Json(200, """
            {"ok":true,"result":{"message_id":78,"date":-5,"chat":{"id":42,"type":"cloud"},
             "reply_to_message":{"message_id":512,"forward_origin":{"type":"from_the_future"}}}}
            """);

        Assert.Equal(new SendOutcome.Sent("78"), await _channel.SendAsync(Bot, Hello, Test));
    }

    [Fact]
    public async Task Too_many_requests_are_not_taken_and_say_when_to_come_back()
    {
        _telegram.Answer = _ => TelegramFake.Json(
            429, """{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 7","parameters":{"retry_after":7}}""");

        var outcome = await _channel.SendAsync(Bot, Hello, Test);

        Assert.Equal(new SendOutcome.NotTaken("Too Many Requests: retry after 7", TimeSpan.FromSeconds(7)), outcome);
        Assert.Single(_telegram.Requests);
    }

    [Theory]
    [InlineData(500, "Internal Server Error")]
    [InlineData(502, "Bad Gateway")]
    public async Task An_error_of_the_server_in_its_own_words_is_not_taken(int status, string description)
    {
        _telegram.Answer = _ => TelegramFake.Json(status, $$"""{"ok":false,"error_code":{{status}},"description":"{{description}}"}""");

        Assert.Equal(new SendOutcome.NotTaken(description), await _channel.SendAsync(Bot, Hello, Test));
    }

    [Theory]
    [InlineData(400, "Bad Request: chat not found", false)]
    [InlineData(403, "Forbidden: bot was blocked by the user", false)]
    [InlineData(413, "Request Entity Too Large", false)]
    [InlineData(401, "Unauthorized", true)]
    [InlineData(404, "Not Found", true)]
    public async Task A_refusal_is_final(int status, string description, bool broken)
    {
        _telegram.Answer = _ => TelegramFake.Json(status, $$"""{"ok":false,"error_code":{{status}},"description":"{{description}}"}""");

        Assert.Equal(new SendOutcome.Refused(description, broken), await _channel.SendAsync(Bot, Hello, Test));
    }

    [Theory]
    [InlineData("Bad Request: see http://api.example/x")]
    [InlineData("Bad Request: " + TelegramFake.Token)]
    [InlineData("no such path /bot1")]
    [InlineData("")]
    public async Task A_reason_that_names_an_address_or_the_token_is_not_repeated(string description)
    {
        _telegram.Answer = _ => TelegramFake.Json(400, $$"""{"ok":false,"error_code":400,"description":"{{description}}"}""");

        Assert.Equal(new SendOutcome.Refused("Telegram refused it (error 400)"), await _channel.SendAsync(Bot, Hello, Test));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1:")]
    [InlineData("123456789:short")]
    [InlineData("123456789:AAabcdefghijklmnopqrstuvwxyz/../12")]
    public async Task A_token_of_another_form_is_never_used(string token)
    {
        Assert.Equal(new SendOutcome.Refused("The bot token is not valid", true), await _channel.SendAsync(new ChannelConnection(7, token), Hello, Test));
        Assert.Empty(_telegram.Requests);
    }

    [Fact]
    public async Task A_chat_that_is_no_number_is_refused()
    {
        Assert.IsType<SendOutcome.Refused>(await _channel.SendAsync(Bot, Hello with { Chat = "@everyone" }, Test));
        Assert.Empty(_telegram.Requests);
    }

    [Fact]
    public async Task A_group_that_moved_says_where_to()
    {
        _telegram.Answer = _ => TelegramFake.Json(
            400, """{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":-1001234567890}}""");

        Assert.Equal(new SendOutcome.Moved("-1001234567890"), await _channel.SendAsync(Bot, Hello, Test));
        Assert.Single(_telegram.Requests);
    }

    // The package escapes what JSON need not escape; what counts is what it means.
    private static string Plain(string json) => System.Text.Json.Nodes.JsonNode.Parse(json)!
        .ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
