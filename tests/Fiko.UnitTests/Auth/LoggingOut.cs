using Fiko.Application.Auth;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using Fiko.Domain.Shared;
using Microsoft.EntityFrameworkCore;

namespace Fiko.UnitTests.Auth;

public sealed class LoggingOut : IDisposable
{
    private readonly AuthWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task The_access_tokens_session_ends_and_no_other()
    {
        var sara = await _world.AgentAsync();
        var here = await _world.LogInAsync();
        var elsewhere = await _world.LogInAsync();

        await _world.SendAsync(new LogOut(new Caller(sara.Id, 1, "Sara", Role.Admin, SessionId: 1)));

        Assert.Equal([1], _world.Ended.Ids);
        await Assert.ThrowsAsync<RuleBrokenException>(() => _world.SendAsync(new RefreshTokens(here.RefreshToken)));
        Assert.NotEmpty((await _world.SendAsync(new RefreshTokens(elsewhere.RefreshToken))).AccessToken);
        Assert.Equal("logout", (await _world.InDbAsync(db => db.Sessions.SingleAsync(s => s.Id == 1, AuthWorld.Ct))).RevokedBecause);
    }

    [Fact]
    public async Task A_refresh_token_is_enough_by_itself()
    {
        await _world.AgentAsync();
        var login = await _world.LogInAsync();

        await _world.SendAsync(new LogOut(null, login.RefreshToken));

        Assert.Equal([1], _world.Ended.Ids);
        await Assert.ThrowsAsync<RuleBrokenException>(() => _world.SendAsync(new RefreshTokens(login.RefreshToken)));
    }

    [Fact]
    public async Task An_unknown_refresh_token_is_no_error_and_ends_nothing()
    {
        await _world.AgentAsync();
        await _world.LogInAsync();

        await _world.SendAsync(new LogOut(null, "made-up"));

        Assert.Empty(_world.Ended.Ids);
    }

    [Fact]
    public async Task Nobody_can_not_log_out()
    {
        var refusal = await Assert.ThrowsAsync<RuleBrokenException>(() => _world.SendAsync(new LogOut(null)));

        Assert.Equal("auth_required", refusal.Code);
    }
}
