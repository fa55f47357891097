using System.Net;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types.Enums;

namespace Fiko.UnitTests.Sandbox;

public class MovingAChat
{
    [Fact]
    public async Task A_group_becomes_a_supergroup_and_its_old_id_is_gone()
    {
        await using var host = await SandboxHost.StartAsync();
        var bot = host.Bot();
        await bot.GetMe(SandboxHost.Limit);
        await host.PostAsync("groups/77/messages", new { text = "one", from = 42 });

        await host.PostAsync("groups/77/migrate", new { from = 42 });

        const long moved = -1_000_000_000_077;
        var messages = (await bot.GetUpdates(cancellationToken: SandboxHost.Limit)).Skip(1).Select(u => u.Message!).ToArray();
        Assert.Equal([(-77, ChatType.Group, moved, 0), (moved, ChatType.Supergroup, 0, -77)], messages.Select(m => (m.Chat.Id, m.Chat.Type, m.MigrateToChatId ?? 0, m.MigrateFromChatId ?? 0)));
        for (var i = 0; i < 2; i++)
        {
            var refused = await Assert.ThrowsAsync<ApiRequestException>(() => bot.SendMessage(-77, "x", cancellationToken: SandboxHost.Limit));
            Assert.Equal((400, "Bad Request: group chat was upgraded to a supergroup chat", moved), (refused.ErrorCode, refused.Message, refused.Parameters?.MigrateToChatId));
        }

        Assert.Equal(moved, (await bot.SendMessage(moved, "x", cancellationToken: SandboxHost.Limit)).Chat.Id);
        Assert.Equal(HttpStatusCode.Conflict, (await host.PostAsync("groups/77/messages", new { text = "two", from = 42 })).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await host.PostAsync($"groups/{moved}/messages", new { text = "two", from = 42 })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.PostAsync("groups/78/migrate")).StatusCode);
    }

    [Fact]
    public async Task A_customers_chat_can_move_too_which_its_old_id_tells_once()
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        var bot = host.Bot();

        await host.PostAsync("customers/42/migrate", new { to = 4242 });
        var refused = await Assert.ThrowsAsync<ApiRequestException>(() => bot.SendMessage(42, "lost", cancellationToken: SandboxHost.Limit));
        await bot.SendMessage(4242, "there", cancellationToken: SandboxHost.Limit);
        await bot.SendMessage(42, "here", cancellationToken: SandboxHost.Limit);
        await host.PostAsync("customers/42/messages", new { text = "back" });

        var items = (await host.LookAsync("customers/42/messages"))["items"]!.AsArray();
        var last = await host.LastMessageAsync();
        Assert.Equal(4242, refused.Parameters?.MigrateToChatId);
        Assert.Equal(["hi", "there", "here", "back"], items.Select(i => (string?)i!["text"]));
        Assert.Equal((4242, 42), (last.Chat.Id, last.From!.Id));
    }

    [Fact]
    public async Task A_customers_chat_does_not_move_onto_another()
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        await host.PostAsync("customers/43/messages", new { text = "hi" });

        Assert.Equal(HttpStatusCode.Conflict, (await host.PostAsync("customers/42/migrate", new { to = 43 })).StatusCode);
        Assert.Equal("x", (await host.Bot().SendMessage(42, "x", cancellationToken: SandboxHost.Limit)).Text);
    }
}
