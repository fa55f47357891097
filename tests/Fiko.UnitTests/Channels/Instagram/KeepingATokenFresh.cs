using Fiko.Application.Channels;
using Fiko.Infrastructure.Channels.Instagram;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Fiko.UnitTests.Channels.Instagram;

public sealed class KeepingATokenFresh : IAsyncLifetime
{
    private const string Renewed = "IGQWRrenewed-token_0123456789";

    private InstagramWorld _world = null!;
    private long _channel;

    public async ValueTask InitializeAsync()
    {
        _world = await InstagramWorld.CreateAsync();
        _channel = (await _world.ConnectAsync()).Id;
        _world.Graph.Requests.Clear();
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Within_its_first_day_it_cannot_be_renewed()
    {
        _world.Time.Advance(TimeSpan.FromHours(23.9));

        await _world.AskAsync(new RenewTokens());

        Assert.Empty(_world.Graph.Requests);
    }

    [Fact]
    public async Task One_whose_end_nobody_knows_is_renewed_after_a_day()
    {
        _world.Time.Advance(TimeSpan.FromHours(24));

        await _world.AskAsync(new RenewTokens());

        var channel = await _world.ChannelAsync(_channel);
        Assert.Equal($"/refresh_access_token?grant_type=ig_refresh_token&access_token={GraphFake.Token}", Assert.Single(_world.Graph.Requests).Target);
        Assert.Equal(Renewed, InstagramWorld.Open(channel.SealedToken));
        Assert.Equal((_world.Time.GetUtcNow(), _world.Time.GetUtcNow() + TimeSpan.FromSeconds(5183944)), (channel.TokenIssuedAt, channel.TokenExpiresAt));
        Assert.DoesNotContain(_world.Graph.Log.Lines, line => line.Contains(GraphFake.Token, StringComparison.Ordinal) || line.Contains(Renewed, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Then_it_rests_until_ten_days_are_left()
    {
        await RenewOnceAsync();

        _world.Time.Advance(TimeSpan.FromDays(49));
        await _world.AskAsync(new RenewTokens());
        Assert.Empty(_world.Graph.Requests);

        _world.Time.Advance(TimeSpan.FromDays(2));
        await _world.AskAsync(new RenewTokens());
        Assert.Single(_world.Graph.Requests);
    }

    [Fact]
    public async Task A_failure_is_the_channels_health_with_the_time_it_ends_and_success_heals_it()
    {
        await RenewOnceAsync();
        _world.Time.Advance(TimeSpan.FromDays(55));
        _world.Graph.AnswerWith(400, GraphFake.Error(10, null, "Application does not have permission"));

        await _world.AskAsync(new RenewTokens());
        var broken = await _world.ChannelAsync(_channel);
        _world.Graph.Answer = GraphFake.Friendly;
        await _world.AskAsync(new RenewTokens());
        var well = await _world.ChannelAsync(_channel);

        Assert.Equal("The access token could not be renewed, and it ends on 2030-03-04 03:03 UTC: Application does not have permission", broken.LastError);
        Assert.Equal((null, Renewed), (well.LastError, InstagramWorld.Open(well.SealedToken)));
    }

    [Fact]
    public async Task One_that_has_ended_needs_its_owner()
    {
        await RenewOnceAsync();
        _world.Time.Advance(TimeSpan.FromDays(61));

        await _world.AskAsync(new RenewTokens());

        Assert.Empty(_world.Graph.Requests);
        Assert.Equal("The access token ended on 2030-03-04 03:03 UTC: connect the account again", (await _world.ChannelAsync(_channel)).LastError);
    }

    [Fact]
    public async Task Trouble_of_another_kind_is_not_healed_by_it()
    {
        await _world.AskAsync(new NoteChannelHealth(_channel, "The account lacks a permission"));

        await RenewOnceAsync();

        Assert.Equal("The account lacks a permission", (await _world.ChannelAsync(_channel)).LastError);
    }

    [Fact]
    public async Task A_pages_token_does_not_end()
    {
        await using var world = await InstagramWorld.CreateAsync(new() { ["Instagram:Login"] = "Facebook" });
        world.Graph.Answer = (http, request) => GraphFake.JsonAsync(http, 200, $$$"""{"success":true,"instagram_business_account":{"id":"{{{GraphFake.Account}}}"}}""");
        await world.ConnectAsync();
        world.Graph.Requests.Clear();
        world.Time.Advance(TimeSpan.FromDays(59));

        await world.AskAsync(new RenewTokens());

        Assert.Empty(world.Graph.Requests);
    }

    [Fact]
    public async Task The_clock_is_looked_at_every_hour()
    {
        _world.Time.Advance(TimeSpan.FromDays(2));
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _world.Graph.Answer = (http, request) =>
        {
            asked.TrySetResult();
            return GraphFake.Friendly(http, request);
        };
        using var renewal = _world.Services.GetServices<IHostedService>().OfType<InstagramTokenRenewal>().Single();
        await renewal.StartAsync(TestContext.Current.CancellationToken);

        while (!asked.Task.IsCompleted)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            _world.Time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        await renewal.StopAsync(CancellationToken.None);
        Assert.Contains(_world.Graph.Requests, r => r.Target.StartsWith("/refresh_access_token", StringComparison.Ordinal));
    }

    private async Task RenewOnceAsync()
    {
        _world.Time.Advance(TimeSpan.FromDays(1));
        await _world.AskAsync(new RenewTokens());
        _world.Graph.Requests.Clear();
    }
}
