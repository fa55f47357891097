using System.Text.Json.Nodes;
using Fiko.Application.Channels;
using Fiko.Domain.Channels;
using Fiko.Infrastructure.Backplane;
using Fiko.Infrastructure.Channels.Telegram;
using Fiko.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Fiko.UnitTests.Channels.Telegram;

public sealed class PollingABot : IAsyncLifetime
{
    private const string Batch = """[{"update_id":900,"message":{"chat":{"id":5}, "text":"یک"}},{"update_id":99999999999,"new":{}}]""";

    private static readonly TimeSpan TurnLength = TimeSpan.FromSeconds(20);

    private readonly BotWorld _world = new("http://localhost:8000");
    private ChannelView _bot = null!;

    public async ValueTask InitializeAsync()
    {
        await _world.PrepareAsync();
        _bot = await _world.AskAsync(new ConnectTelegram(_world.Admin, TelegramFake.Token));
        await _world.Telegram.NextAsync();
        await _world.Telegram.NextAsync();
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void Without_a_public_https_address_the_webhook_is_taken_down_and_the_bot_is_polled()
    {
        Assert.Equal(["getMe", "deleteWebhook"], _world.Methods());
        Assert.Null(_bot.WebhookUrl);
    }

    [Fact]
    public async Task Each_update_is_stored_as_it_came_before_the_next_are_asked_for()
    {
        AnswerOnce(TelegramFake.Ok(Batch));
        using var poller = await StartAsync();

        var first = JsonNode.Parse((await _world.Telegram.NextAsync()).Body)!;
        var second = JsonNode.Parse((await _world.Telegram.NextAsync()).Body)!;

        Assert.Null(first["offset"]);
        Assert.Equal("""["message","edited_message","callback_query","my_chat_member","message_reaction"]""", first["allowed_updates"]!.ToJsonString());
        Assert.Equal((100, 25), (first["limit"]!.GetValue<int>(), first["timeout"]!.GetValue<int>()));
        Assert.Equal(100_000_000_000, second["offset"]!.GetValue<long>());
        Assert.Equal(100_000_000_000, (await _world.ChannelAsync(_bot.Id)).PollOffset);
        Assert.Equal(
            [("900", "5", """{"update_id":900,"message":{"chat":{"id":5}, "text":"یک"}}"""), ("99999999999", "", """{"update_id":99999999999,"new":{}}""")],
            await StoredAsync());
        await poller.StopAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData(409, "Conflict: terminated by other getUpdates request")]
    [InlineData(500, "Internal Server Error")]
    public async Task After_a_failure_it_rests_and_goes_on(int code, string description)
    {
        AnswerOnce(TelegramFake.Error(code, description), TelegramFake.Ok(Batch));
        using var poller = await StartAsync();
        await _world.Telegram.NextAsync();

        var again = _world.Telegram.NextAsync().AsTask();
        await _world.AdvanceUntilAsync(again);
        await _world.Telegram.NextAsync();

        Assert.Equal(2, (await StoredAsync()).Length);
        Assert.Equal(ChannelStatus.Active, (await _world.ChannelAsync(_bot.Id)).Status);
        await poller.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task The_same_update_again_is_stored_once()
    {
        AnswerOnce(TelegramFake.Ok(Batch), TelegramFake.Ok(Batch));
        using var poller = await StartAsync();

        for (var i = 0; i < 3; i++)
        {
            await _world.Telegram.NextAsync();
        }

        Assert.Equal(2, (await StoredAsync()).Length);
        await poller.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_bot_that_is_connected_later_is_noticed()
    {
        await _world.AskAsync(new RemoveChannel(_world.Admin, _bot.Id));
        using var poller = await StartAsync();
        var later = await _world.AskAsync(new ConnectTelegram(_world.Admin, TelegramFake.Token));
        await _world.Telegram.NextAsync();
        await _world.Telegram.NextAsync();
        AnswerOnce(TelegramFake.Ok(Batch));

        var asked = _world.Telegram.NextAsync().AsTask();
        await _world.AdvanceUntilAsync(asked);

        Assert.EndsWith("/getUpdates", (await asked).Path, StringComparison.Ordinal);
        Assert.Equal(later.Id, Assert.Single(await _world.ReadAsync(db => db.PollTurns.ToListAsync())).ChannelId);
        await poller.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_removed_bot_is_polled_no_more()
    {
        await _world.AskAsync(new RemoveChannel(_world.Admin, _bot.Id));

        Assert.Empty(await TakeTurnsAsync(Guid.NewGuid()));
    }

    [Fact]
    public async Task Of_two_servers_one_has_the_turn_and_keeps_it()
    {
        var (one, two) = (Guid.NewGuid(), Guid.NewGuid());

        var first = await TakeTurnsAsync(one);
        var meanwhile = await TakeTurnsAsync(two);
        _world.Time.Advance(TurnLength / 2);
        var kept = await TakeTurnsAsync(one);
        _world.Time.Advance(TurnLength / 2);
        var later = await TakeTurnsAsync(two);

        Assert.Equal((1, 0, 1, 0), (first.Count, meanwhile.Count, kept.Count, later.Count));
    }

    [Fact]
    public async Task Two_servers_that_reach_for_one_turn_at_once_do_not_both_get_it()
    {
        for (var round = 0; round < 20; round++)
        {
            var got = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => TakeTurnsAsync(Guid.NewGuid()))));

            Assert.Single(got.SelectMany(channels => channels));
            _world.Time.Advance(TurnLength);
        }
    }

    [Fact]
    public async Task Who_dies_is_followed_when_the_turn_is_over_and_who_stops_at_once()
    {
        var (dead, stopped, last) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await TakeTurnsAsync(dead);

        _world.Time.Advance(TurnLength);
        var afterDeath = await TakeTurnsAsync(stopped);
        await _world.AskAsync(new EndPollTurns(stopped));
        var afterStop = await TakeTurnsAsync(last);

        Assert.Equal((1, 1), (afterDeath.Count, afterStop.Count));
    }

    [Fact]
    public async Task Who_lost_the_turn_stops_polling()
    {
        _world.Telegram.IsSilent = true;
        using var poller = await StartAsync();
        await _world.Telegram.NextAsync();
        await _world.AskAsync(new EndPollTurns(_world.Services.GetRequiredService<IBackplane>().Instance));
        await TakeTurnsAsync(Guid.NewGuid());

        await _world.AdvanceUntilAsync(_world.Telegram.HungUp.Task);

        await poller.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Who_can_not_reach_the_database_stops_polling_when_the_turn_is_over()
    {
        _world.Telegram.IsSilent = true;
        using var poller = await StartAsync();
        await _world.Telegram.NextAsync();
        await _world.ReadAsync(db => ((FikoDbContext)db).Database.ExecuteSqlAsync($"DROP TABLE poll_turns"));

        await _world.AdvanceUntilAsync(_world.Telegram.HungUp.Task);

        await poller.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_server_that_stops_gives_its_turn_back()
    {
        _world.Telegram.IsSilent = true;
        using var poller = await StartAsync();
        await _world.Telegram.NextAsync();

        await poller.StopAsync(CancellationToken.None);

        Assert.Single(await TakeTurnsAsync(Guid.NewGuid()));
    }

    private Task<IReadOnlyList<PolledChannel>> TakeTurnsAsync(Guid server) => _world.AskAsync(new TakePollTurns(ChannelName.Telegram, server, TurnLength));

    private async Task<TelegramPoller> StartAsync()
    {
        var poller = _world.Services.GetServices<IHostedService>().OfType<TelegramPoller>().Single();
        await poller.StartAsync(TestContext.Current.CancellationToken);
        return poller;
    }

    // After these answers the poll is held open, as Telegram does while there is nothing to tell.
    private void AnswerOnce(params string[] answers)
    {
        var left = new Queue<string>(answers);
        _world.Telegram.Answer = _ =>
        {
            var answer = left.Dequeue();
            _world.Telegram.IsSilent = left.Count == 0;
            return answer;
        };
    }

    private Task<(string Key, string Lane, string Body)[]> StoredAsync() => _world.ReadAsync(async db =>
        (await db.InboundUpdates.OrderBy(u => u.Id).ToListAsync()).Select(u => (u.Key, u.Lane, u.Body)).ToArray());
}
