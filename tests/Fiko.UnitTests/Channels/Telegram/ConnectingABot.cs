using System.Text.Json.Nodes;
using Fiko.Application.Channels;
using Fiko.Domain.Agents;
using Fiko.Domain.Channels;
using Fiko.Domain.Shared;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Fiko.UnitTests.Channels.Telegram;

public sealed class ConnectingABot : IAsyncLifetime
{
    private readonly BotWorld _world = new();

    public async ValueTask InitializeAsync() => await _world.PrepareAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task The_bot_is_checked_kept_and_told_where_to_bring_its_updates()
    {
        var view = await ConnectAsync();

        Assert.Equal(
            new ChannelView { Id = view.Id, Source = "telegram", Name = "Shop", Username = "shop_bot", Status = "active", WebhookUrl = $"https://inbox.example/webhooks/telegram/{view.Id}" },
            view);
        Assert.Equal(["getMe", "setWebhook"], _world.Methods());
        var told = JsonNode.Parse(_world.Telegram.Requests.Last().Body)!;
        Assert.Equal(view.WebhookUrl, told["url"]!.GetValue<string>());
        Assert.Equal("""["message","edited_message","callback_query","my_chat_member","message_reaction"]""", told["allowed_updates"]!.ToJsonString());
        Assert.Matches("^[A-Za-z0-9_-]{43}$", told["secret_token"]!.GetValue<string>());
        Assert.DoesNotContain(TelegramFake.Token, (await _world.ChannelAsync(view.Id)).SealedToken, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_who_shows_the_secret_is_believed()
    {
        var view = await ConnectAsync();
        var secret = JsonNode.Parse(_world.Telegram.Requests.Last().Body)!["secret_token"]!.GetValue<string>();

        Assert.Equal(WebhookProof.Proven, await ProveAsync(view.Id, secret));
        Assert.Equal(WebhookProof.Wrong, await ProveAsync(view.Id, secret + "x"));
        Assert.Equal(WebhookProof.Wrong, await ProveAsync(view.Id, ""));
        Assert.Equal(WebhookProof.Wrong, await ProveAsync(view.Id, null));
        Assert.Equal(WebhookProof.NoChannel, await ProveAsync(view.Id + 1, secret));
        Assert.Equal(WebhookProof.NoChannel, await _world.AskAsync(new ProveWebhook(view.Id, ChannelName.Api, secret)));
    }

    [Fact]
    public async Task An_agent_may_not_and_nobody_is_asked()
    {
        var agent = _world.Admin with { Role = Role.Agent };

        Assert.Equal("forbidden", (await RefusalAsync(new ConnectTelegram(agent, TelegramFake.Token))).Code);
        Assert.Equal("forbidden", (await Assert.ThrowsAsync<RuleBrokenException>(() => _world.AskAsync(new CreateApiChannel(agent, "x")))).Code);
        Assert.Equal("forbidden", (await Assert.ThrowsAsync<RuleBrokenException>(() => _world.AskAsync(new ListChannels(agent, new())))).Code);
        Assert.Empty(_world.Telegram.Requests);
    }

    [Fact]
    public async Task A_bot_is_connected_once_in_all_workspaces()
    {
        await ConnectAsync();

        var refusal = await RefusalAsync(new ConnectTelegram(_world.Stranger, TelegramFake.Token));

        Assert.Equal(("channel_taken", "bot_token"), (refusal.Code, refusal.Field));
    }

    [Fact]
    public async Task A_removed_one_can_be_connected_again()
    {
        var view = await ConnectAsync();

        await _world.AskAsync(new RemoveChannel(_world.Admin, view.Id));

        Assert.Equal("deleteWebhook", _world.Methods()[^1]);
        Assert.Empty((await _world.AskAsync(new ListChannels(_world.Admin, new()))).Items);
        Assert.Null((await _world.ChannelAsync(view.Id)).SealedToken);
        Assert.NotEqual(view.Id, (await ConnectAsync()).Id);
    }

    [Fact]
    public async Task Removing_does_not_need_telegrams_consent()
    {
        var view = await ConnectAsync();
        _world.Telegram.Answer = _ => TelegramFake.Error(401, "Unauthorized");

        await _world.AskAsync(new RemoveChannel(_world.Admin, view.Id));

        Assert.Empty((await _world.AskAsync(new ListChannels(_world.Admin, new()))).Items);
    }

    [Fact]
    public async Task What_telegram_refuses_is_refused_in_its_words()
    {
        _world.Telegram.Answer = _ => TelegramFake.Error(401, "Unauthorized");

        var refusal = await RefusalAsync(new ConnectTelegram(_world.Admin, TelegramFake.Token));

        Assert.Equal(("channel_refused", "Unauthorized", "bot_token"), (refusal.Code, refusal.Message, refusal.Field));
        Assert.False(await _world.ReadAsync(db => db.Channels.AnyAsync()));
    }

    [Theory]
    [InlineData("no token")]
    [InlineData("12:34")]
    public async Task A_text_of_another_form_is_never_sent_anywhere(string token)
    {
        Assert.Equal("channel_refused", (await RefusalAsync(new ConnectTelegram(_world.Admin, token))).Code);
        Assert.Empty(_world.Telegram.Requests);
    }

    [Fact]
    public async Task No_token_at_all_is_a_field_at_fault() =>
        await Assert.ThrowsAsync<ValidationException>(() => _world.AskAsync(new ConnectTelegram(_world.Admin, null)));

    [Fact]
    public async Task A_webhook_that_is_refused_leaves_nothing_behind()
    {
        _world.Telegram.Answer = path => path.EndsWith("setWebhook", StringComparison.Ordinal)
            ? TelegramFake.Error(400, "Bad Request: bad webhook: IP address 10.0.0.1 is reserved")
            : BotWorld.Friendly(path);

        var refusal = await RefusalAsync(new ConnectTelegram(_world.Admin, TelegramFake.Token));

        Assert.Equal("Bad Request: bad webhook: IP address 10.0.0.1 is reserved", refusal.Message);
        Assert.Empty((await _world.AskAsync(new ListChannels(_world.Admin, new()))).Items);
    }

    [Fact]
    public async Task A_platform_that_hangs_up_is_refused_without_an_address()
    {
        _world.Telegram.HangsUp = true;

        Assert.Equal("Telegram could not be reached", (await RefusalAsync(new ConnectTelegram(_world.Admin, TelegramFake.Token))).Message);
    }

    [Fact]
    public async Task A_check_says_what_is_wrong_and_when_it_is_right_again()
    {
        var view = await ConnectAsync();
        _world.Telegram.Answer = _ => TelegramFake.Error(401, "Unauthorized");

        var broken = await _world.AskAsync(new CheckChannel(_world.Admin, view.Id));
        _world.Telegram.Answer = BotWorld.Friendly;
        var whole = await _world.AskAsync(new CheckChannel(_world.Admin, view.Id));

        Assert.Equal(("error", "Unauthorized", view.Version + 1), (broken.Status, broken.LastError, broken.Version));
        Assert.Equal(view with { Version = broken.Version + 1 }, whole);
        Assert.Equal("setWebhook", _world.Methods()[^1]);
    }

    [Fact]
    public async Task Another_workspaces_channel_does_not_exist()
    {
        var view = await ConnectAsync();

        Assert.Equal("channel_not_found", (await Assert.ThrowsAsync<RuleBrokenException>(() => _world.AskAsync(new GetChannel(_world.Stranger, view.Id)))).Code);
        Assert.Equal("channel_not_found", (await Assert.ThrowsAsync<RuleBrokenException>(() => _world.AskAsync(new RemoveChannel(_world.Stranger, view.Id)))).Code);
        Assert.Empty((await _world.AskAsync(new ListChannels(_world.Stranger, new()))).Items);
    }

    [Fact]
    public async Task An_integrators_channel_is_proven_by_its_key_which_is_not_kept()
    {
        var created = await _world.AskAsync(new CreateApiChannel(_world.Admin, " My shop "));

        Assert.Matches("^fk_[A-Za-z0-9_-]{43}$", created.Key);
        Assert.Equal(("api", "My shop", null), (created.Source, created.Name, created.WebhookUrl));
        Assert.Matches("^[0-9a-f]{64}$", (await _world.ChannelAsync(created.Id)).KeyHash);
        Assert.Equal(WebhookProof.Proven, await _world.AskAsync(new ProveWebhook(created.Id, ChannelName.Api, created.Key)));
        Assert.Equal(WebhookProof.Wrong, await _world.AskAsync(new ProveWebhook(created.Id, ChannelName.Api, "fk_")));
        Assert.Equal(created with { Key = null }, Assert.Single((await _world.AskAsync(new ListChannels(_world.Admin, new()))).Items));
    }

    private Task<ChannelView> ConnectAsync() => _world.AskAsync(new ConnectTelegram(_world.Admin, $" {TelegramFake.Token} "));

    private Task<WebhookProof> ProveAsync(long id, string? presented) => _world.AskAsync(new ProveWebhook(id, ChannelName.Telegram, presented));

    private Task<RuleBrokenException> RefusalAsync(ConnectTelegram connect) => Assert.ThrowsAsync<RuleBrokenException>(() => _world.AskAsync(connect));
}
