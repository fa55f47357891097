using System.Globalization;
using System.Text.Json;
using Fiko.Application.Shared;
using Fiko.FunctionalTests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Channels;

public abstract partial class ChannelContract
{
    // 4,096 characters, of two UTF-16 units and four bytes each.
    private static readonly string Longest = string.Join(' ', Enumerable.Repeat(string.Concat(Enumerable.Repeat("🌹", 63)), 64));

    [Fact]
    public async Task The_longest_text_arrives_whole_and_in_order_as_one_message()
    {
        var (platform, customer, conversation, chat) = await BeginAsync();
        await using var open = chat;

        await chat.SendAsync(new { type = "chat_message", content = Longest });
        await chat.SendAsync(new { type = "chat_message", content = "the next" });

        Assert.Equal((Longest, "sent"), TextAndStatus(await chat.NextAsync("chat_message")));
        Assert.Equal(("the next", "sent"), TextAndStatus(await chat.NextAsync("chat_message")));
        var texts = (await platform.LookAsync(customer)).Texts;
        Assert.True(texts.Length > 2, "The platform took it in one piece: it has no limit to be kept");
        Assert.Equal("the next", texts[^1]);
        Assert.Equal(Longest, string.Join(' ', texts[..^1]));
        Assert.Equal(3, (await platform.ReadChatAsync(conversation)).Length);
    }

    [Theory]
    [InlineData(Fault.RateLimit)]
    [InlineData(Fault.ServerError)]
    public async Task What_was_certainly_not_taken_is_tried_again_and_sent_once(Fault fault)
    {
        var (platform, customer, _, chat) = await BeginAsync();
        await using var open = chat;
        await platform.FailNextAsync(fault);

        await chat.SendAsync(new { type = "chat_message", content = "first" });
        await chat.SendAsync(new { type = "chat_message", content = "second" });

        var shown = await chat.NextAsync("chat_message");
        Assert.Equal(("first", "sent"), TextAndStatus(shown));
        Assert.Equal(("second", "sent"), TextAndStatus(await chat.NextAsync("chat_message")));
        var answers = (await platform.LookAsync(customer)).Answers;
        Assert.Equal(["first", "second"], answers.Select(m => m.Text));
        if (fault is Fault.RateLimit)
        {
            Assert.True(answers[0].At - shown.GetProperty("message").GetProperty("created_at").GetDateTimeOffset() >= TimeSpan.FromSeconds(2), "Not waited for as long as asked");
        }
    }

    [Theory]
    [InlineData(Fault.CutBefore, 0)]
    [InlineData(Fault.CutAfter, 1)]
    [InlineData(Fault.TimeOut, 1)]
    public async Task What_nobody_can_know_is_uncertain_and_never_sent_again_by_itself(Fault fault, int arrived)
    {
        var (platform, customer, _, chat) = await BeginAsync();
        await using var open = chat;
        await platform.SetEchoesAsync(EchoHabit.Never);
        await chat.SendAsync(new { type = "chat_message", content = "warms the connection" });
        await chat.NextAsync("chat_message");
        await platform.FailNextAsync(fault);

        await chat.SendAsync(new { type = "chat_message", content = "who knows" });
        await chat.SendAsync(new { type = "chat_message", content = "the next" });

        var shown = await chat.NextAsync("chat_message");
        Assert.Equal(("who knows", "uncertain"), TextAndStatus(shown));
        Assert.Equal(("the next", "sent"), TextAndStatus(await chat.NextAsync("chat_message")));
        Assert.Equal(arrived, (await platform.LookAsync(customer)).Texts.Count(t => t == "who knows"));

        await chat.SendAsync(new { type = "retry_message", message_id = shown.GetProperty("message").GetProperty("id").GetString() });
        await chat.NextAsync(f => FikoSocket.TypeOf(f) == "message_status" && f.GetProperty("status").GetString() == "sent", "the retry");
        Assert.Equal(arrived + 1, (await platform.LookAsync(customer)).Texts.Count(t => t == "who knows"));
    }

    [Theory]
    [InlineData(Fault.Blocked, "active")]
    [InlineData(Fault.InvalidToken, "error")]
    public async Task A_refusal_for_good_has_failed_with_its_reason(Fault fault, string status)
    {
        var (platform, customer, _, chat) = await BeginAsync();
        await using var open = chat;
        await platform.FailNextAsync(fault);

        await chat.SendAsync(new { type = "chat_message", content = "refused" });

        var shown = await chat.NextAsync("chat_message");
        Assert.Equal(("refused", "failed"), TextAndStatus(shown));
        var reason = shown.GetProperty("external_send_result").GetProperty("error").GetString();
        Assert.False(string.IsNullOrWhiteSpace(reason));
        Assert.DoesNotContain("://", reason, StringComparison.Ordinal);
        var channel = await platform.ShowChannelAsync();
        Assert.Equal((status, fault is Fault.InvalidToken), (channel.GetProperty("status").GetString(), channel.GetProperty("last_error").ValueKind is JsonValueKind.String));
        Assert.Empty((await platform.LookAsync(customer)).Texts);
    }

    [Fact]
    public async Task When_the_time_to_answer_is_over_nothing_is_sent_and_the_time_is_said()
    {
        var (platform, customer, conversation, chat) = await BeginAsync();
        await using var open = chat;
        var closed = await CloseWindowAsync(platform, customer);

        await chat.SendAsync(new { type = "chat_message", content = "too late?", client_id = "late" });

        if (closed is not { } end)
        {
            // A platform without such a limit: the answer goes.
            Assert.Equal(("too late?", "sent"), TextAndStatus(await chat.NextAsync("chat_message")));
            return;
        }

        var refused = await chat.NextAsync("error");
        Assert.Equal(("window_closed", "late"), (refused.GetProperty("code").GetString(), refused.GetProperty("client_id").GetString()));
        Assert.Contains(end.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture), refused.GetRawText(), StringComparison.Ordinal);
        Assert.Empty((await platform.LookAsync(customer)).Texts);
        Assert.Single(await platform.ReadChatAsync(conversation));
        await platform.TakeAsync(platform.Text(customer, platform.NewMessage(), "Still there?"));
        await chat.NextAsync("chat_message");
        await chat.SendAsync(new { type = "chat_message", content = "Yes" });
        Assert.Equal(("Yes", "sent"), TextAndStatus(await chat.NextAsync("chat_message")));
    }

    private static (string? Text, string? Status) TextAndStatus(JsonElement frame) => (Text(frame.GetProperty("message")), Status(frame.GetProperty("message")));

    // As if the customer had last written just too long ago.
    private static async Task<DateTime?> CloseWindowAsync(PlatformUnderTest platform, string customer)
    {
        var free = await platform.AskAsync(db => db.Conversations.Where(c => c.Chat == customer).Select(c => c.ReplyUntil).SingleAsync());
        Assert.Equal(platform.Speaker.Window is null, free is null);
        if (platform.Speaker.Window is not { } window)
        {
            return null;
        }

        DateTimeOffset? back = free - window.ByAPerson;
        await using var scope = platform.Server.Provider.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IFikoDb>();
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().CommitAsync(
            () => db.Conversations.Where(c => c.Chat == customer).ExecuteUpdateAsync(c => c.SetProperty(x => x.ReplyUntil, back)),
            CancellationToken.None);
        return (back! - window.Free + window.ByAPerson).Value.UtcDateTime;
    }
}
