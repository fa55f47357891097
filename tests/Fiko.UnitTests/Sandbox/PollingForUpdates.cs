using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types.Enums;

namespace Fiko.UnitTests.Sandbox;

public class PollingForUpdates
{
    [Fact]
    public async Task A_poll_waits_for_the_next_update()
    {
        await using var host = await SandboxHost.StartAsync();
        await host.Bot().GetMe(SandboxHost.Limit);

        var poll = host.Bot().GetUpdates(timeout: 50, cancellationToken: SandboxHost.Limit);
        await host.PostAsync("customers/42/messages", new { text = "hi" });

        Assert.Equal("hi", Assert.Single(await poll.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, SandboxHost.Limit)).Message!.Text);
    }

    [Fact]
    public async Task Updates_come_again_until_a_higher_offset_confirms_them()
    {
        await using var host = await SandboxHost.StartAsync();
        var bot = host.Bot();
        await bot.GetMe(SandboxHost.Limit);
        foreach (var text in new[] { "1", "2", "3" })
        {
            await host.PostAsync($"customers/4{text}/messages", new { text });
        }

        var first = await bot.GetUpdates(limit: 2, cancellationToken: SandboxHost.Limit);
        var again = await bot.GetUpdates(cancellationToken: SandboxHost.Limit);
        var rest = await bot.GetUpdates(offset: first[^1].Id + 1, cancellationToken: SandboxHost.Limit);
        var none = await bot.GetUpdates(offset: rest[^1].Id + 1, cancellationToken: SandboxHost.Limit);

        Assert.Equal(["1", "2"], first.Select(u => u.Message!.Text));
        Assert.Equal(["1", "2", "3"], again.Select(u => u.Message!.Text));
        Assert.Equal(["3"], rest.Select(u => u.Message!.Text));
        Assert.Empty(none);
    }

    [Fact]
    public async Task A_negative_offset_keeps_the_last_ones_only()
    {
        await using var host = await SandboxHost.StartAsync();
        var bot = host.Bot();
        await bot.GetMe(SandboxHost.Limit);
        foreach (var text in new[] { "1", "2", "3" })
        {
            await host.PostAsync("customers/42/messages", new { text });
        }

        var last = await bot.GetUpdates(offset: -1, cancellationToken: SandboxHost.Limit);
        var left = await bot.GetUpdates(cancellationToken: SandboxHost.Limit);

        Assert.Equal(["3"], last.Select(u => u.Message!.Text));
        Assert.Equal(["3"], left.Select(u => u.Message!.Text));
    }

    [Fact]
    public async Task A_poll_ends_empty_after_its_timeout_of_at_most_fifty_seconds()
    {
        var time = new WatchedTime();
        await using var host = await SandboxHost.StartAsync(time);

        var poll = host.Bot().GetUpdates(timeout: 3600, cancellationToken: SandboxHost.Limit);
        await time.ElapseAsync(TimeSpan.FromSeconds(50));

        Assert.Empty(await poll);
    }

    [Fact]
    public async Task A_webhook_excludes_polling()
    {
        await using var host = await SandboxHost.StartAsync();
        await host.Bot().SetWebhook(host.HookUrl, cancellationToken: SandboxHost.Limit);

        var refused = await Assert.ThrowsAsync<ApiRequestException>(() => host.Bot().GetUpdates(cancellationToken: SandboxHost.Limit));
        await host.Bot().DeleteWebhook(cancellationToken: SandboxHost.Limit);

        Assert.Equal((409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"), (refused.ErrorCode, refused.Message));
        Assert.Empty(await host.Bot().GetUpdates(cancellationToken: SandboxHost.Limit));
    }

    [Fact]
    public async Task A_second_poll_ends_the_first_with_a_conflict()
    {
        await using var host = await SandboxHost.StartAsync();
        var first = host.Bot().GetUpdates(timeout: 50, cancellationToken: SandboxHost.Limit);

        // Whichever of the two arrives last is the one that goes on.
        var second = host.Bot().GetUpdates(timeout: 50, cancellationToken: SandboxHost.Limit);

        var ended = await Task.WhenAny(first, second);
        Assert.Equal(409, (await Assert.ThrowsAsync<ApiRequestException>(() => ended)).ErrorCode);
    }

    [Fact]
    public async Task The_webhook_is_described_and_setting_it_again_is_no_news()
    {
        await using var host = await SandboxHost.StartAsync();
        var url = $"/bot{SandboxHost.Token}/setWebhook?url={Uri.EscapeDataString(host.HookUrl)}&allowed_updates=[\"message\"]";

        var set = await host.Http.GetStringAsync(url, SandboxHost.Limit);
        var again = await host.Http.GetStringAsync(url, SandboxHost.Limit);
        var description = await host.Bot().GetWebhookInfo(SandboxHost.Limit);

        Assert.Equal("""{"ok":true,"result":true,"description":"Webhook was set"}""", set);
        Assert.Equal("""{"ok":true,"result":true,"description":"Webhook is already set"}""", again);
        Assert.Equal((host.HookUrl, 0, 40), (description.Url, description.PendingUpdateCount, description.MaxConnections));
        Assert.Equal([UpdateType.Message], description.AllowedUpdates!);
    }

    [Theory]
    [InlineData("not an address", null, "Bad Request: bad webhook: an HTTPS URL must be provided for webhook")]
    [InlineData("http://localhost/x", "no spaces", "Bad Request: secret token contains unallowed characters")]
    public async Task A_webhook_that_cannot_be_is_refused(string url, string? secret, string description)
    {
        await using var host = await SandboxHost.StartAsync();

        var refused = await Assert.ThrowsAsync<ApiRequestException>(() => host.Bot().SetWebhook(url, secretToken: secret, cancellationToken: SandboxHost.Limit));

        Assert.Equal((400, description), (refused.ErrorCode, refused.Message));
    }

    [Fact]
    public async Task Only_the_allowed_kinds_are_kept_from_then_on()
    {
        await using var host = await SandboxHost.StartAsync();
        await host.Bot().GetUpdates(allowedUpdates: [UpdateType.MyChatMember], cancellationToken: SandboxHost.Limit);

        await host.PostAsync("customers/42/messages", new { text = "hi" });
        await host.PostAsync("customers/42/block");

        Assert.Equal(UpdateType.MyChatMember, Assert.Single(await host.Bot().GetUpdates(cancellationToken: SandboxHost.Limit)).Type);
    }
}
