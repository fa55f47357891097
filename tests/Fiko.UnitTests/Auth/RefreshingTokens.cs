using Fiko.Application.Auth;
using Fiko.Domain.Agents;
using Fiko.Domain.Shared;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Fiko.UnitTests.Auth;

public sealed class RefreshingTokens : IDisposable
{
    private readonly AuthWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_token_is_exchanged_for_the_next_and_the_session_goes_on()
    {
        await _world.AgentAsync();
        var first = await _world.LogInAsync();
        _world.Time.Advance(TimeSpan.FromDays(13));

        var second = await _world.SendAsync(new RefreshTokens(first.RefreshToken));
        _world.Time.Advance(TimeSpan.FromDays(13));
        var third = await _world.SendAsync(new RefreshTokens(second.RefreshToken));

        Assert.Equal(3, new HashSet<string> { first.RefreshToken, second.RefreshToken, third.RefreshToken }.Count);
        Assert.Equal(first.User, third.User);
        Assert.Equal(_world.Time.GetUtcNow().AddDays(14), (await SessionAsync()).ExpiresAt);
    }

    [Fact]
    public async Task A_used_token_ends_the_whole_family_for_good()
    {
        await _world.AgentAsync();
        var first = await _world.LogInAsync();
        var second = await _world.SendAsync(new RefreshTokens(first.RefreshToken));

        await IsRefusedAsync(first.RefreshToken);

        var session = await SessionAsync();
        Assert.Equal((_world.Time.GetUtcNow(), "reuse"), (session.RevokedAt, session.RevokedBecause));
        Assert.Equal([session.Id], _world.Ended.Ids);
        await IsRefusedAsync(second.RefreshToken);
    }

    [Fact]
    public async Task Of_two_uses_at_once_one_wins_and_the_other_is_a_reuse()
    {
        await _world.AgentAsync();
        var first = await _world.LogInAsync();
        TokenAnswer? winner = null;
        _world.Interference.Plan(async () => winner = await _world.SendAsync(new RefreshTokens(first.RefreshToken)));

        await IsRefusedAsync(first.RefreshToken);

        Assert.NotNull(winner);
        Assert.Equal("reuse", (await SessionAsync()).RevokedBecause);
    }

    [Fact]
    public async Task An_unknown_token_opens_nothing()
    {
        await _world.AgentAsync();
        await _world.LogInAsync();

        await IsRefusedAsync("made-up");

        Assert.Empty(_world.Ended.Ids);
    }

    [Fact]
    public async Task A_token_is_over_when_its_session_is()
    {
        await _world.AgentAsync();
        var first = await _world.LogInAsync();

        _world.Time.Advance(TimeSpan.FromDays(14));

        await IsRefusedAsync(first.RefreshToken);
    }

    [Fact]
    public async Task A_deactivated_agent_gets_no_more()
    {
        await _world.AgentAsync();
        var first = await _world.LogInAsync();
        await _world.InDbAsync(async db =>
        {
            (await db.Agents.SingleAsync(AuthWorld.Ct)).Deactivate();
            return true;
        });

        await IsRefusedAsync(first.RefreshToken);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task A_missing_token_is_a_missing_field(string? token)
    {
        var refusal = await Assert.ThrowsAsync<ValidationException>(() => _world.SendAsync(new RefreshTokens(token)));

        Assert.Equal("refresh_token", Assert.Single(refusal.Errors).PropertyName);
    }

    private async Task IsRefusedAsync(string token)
    {
        var refusal = await Assert.ThrowsAsync<RuleBrokenException>(() => _world.SendAsync(new RefreshTokens(token)));
        Assert.Equal(("invalid_refresh_token", "The refresh token is not valid"), (refusal.Code, refusal.Message));
    }

    private Task<Session> SessionAsync() => _world.InDbAsync(db => db.Sessions.SingleAsync(AuthWorld.Ct));
}
