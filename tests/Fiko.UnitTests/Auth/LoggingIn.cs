using Fiko.Application.Auth;
using Fiko.Domain.Agents;
using Fiko.Domain.Shared;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Fiko.UnitTests.Auth;

public sealed class LoggingIn : IDisposable
{
    private readonly AuthWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("sara@fiko.test")]
    [InlineData("  Sara@FIKO.test ")]
    public async Task The_right_password_opens_a_session(string email)
    {
        var sara = await _world.AgentAsync();

        var answer = await _world.LogInAsync(email);

        Assert.Equal(("Bearer", 1800), (answer.TokenType, answer.ExpiresIn));
        Assert.Equal(new AccountView(sara.Id, "sara@fiko.test", "Sara", "Karimi", "admin", sara.Version), answer.User);
        var session = await _world.InDbAsync(db => db.Sessions.SingleAsync(AuthWorld.Ct));
        Assert.Equal((sara.Id, _world.Time.GetUtcNow().AddDays(14)), (session.AgentId, session.ExpiresAt));
    }

    [Fact]
    public async Task The_refresh_token_is_kept_as_a_hash_alone()
    {
        await _world.AgentAsync();

        var answer = await _world.LogInAsync();

        var kept = await _world.InDbAsync(db => db.RefreshTokens.SingleAsync(AuthWorld.Ct));
        Assert.Equal(43, answer.RefreshToken.Length);
        Assert.Equal(RefreshSecret.Hash(answer.RefreshToken), kept.Hash);
        Assert.Matches("^[0-9a-f]{64}$", kept.Hash);
    }

    [Theory]
    [InlineData("sara@fiko.test", "wrong")]
    [InlineData("nobody@fiko.test", "right")]
    [InlineData("gone@fiko.test", "right")]
    [InlineData("unset@fiko.test", "right")]
    public async Task Every_failure_looks_alike_and_costs_one_comparison(string email, string password)
    {
        await _world.AgentAsync();
        await _world.AgentAsync("gone@fiko.test");
        await _world.InDbAsync(async db =>
        {
            (await db.Agents.SingleAsync(a => a.Email == "gone@fiko.test", AuthWorld.Ct)).Deactivate();
            return db.Agents.Add(new Agent(1, "unset@fiko.test", "", "", Role.Agent, _world.Time.GetUtcNow()));
        });

        var refusal = await Assert.ThrowsAsync<RuleBrokenException>(() => _world.LogInAsync(email, password));

        Assert.Equal(("auth_failed", "Wrong email or password"), (refusal.Code, refusal.Message));
        Assert.Equal(1, _world.Passwords.Compared);
    }

    [Theory]
    [InlineData(null, "right", "email")]
    [InlineData("  ", "right", "email")]
    [InlineData("sara@fiko.test", null, "password")]
    [InlineData("sara@fiko.test", "", "password")]
    public async Task A_missing_field_is_named_as_the_client_wrote_it(string? email, string? password, string field)
    {
        var refusal = await Assert.ThrowsAsync<ValidationException>(() => _world.SendAsync(new LogIn(email, password)));

        var error = Assert.Single(refusal.Errors);
        Assert.Equal(("invalid_field", field, $"Invalid value for field '{field}'"), (error.ErrorCode, error.PropertyName, error.ErrorMessage));
    }

    [Fact]
    public async Task A_password_of_blanks_is_a_password()
    {
        await _world.AgentAsync(password: "   ");

        var answer = await _world.LogInAsync(password: "   ");

        Assert.NotEmpty(answer.AccessToken);
    }

    [Fact]
    public async Task An_old_hash_is_made_anew()
    {
        _world.Passwords.Prefix = "old:";
        await _world.AgentAsync();
        _world.Passwords.Prefix = "new:";

        await _world.LogInAsync();

        Assert.Equal("new:right", (await _world.InDbAsync(db => db.Agents.SingleAsync(AuthWorld.Ct))).PasswordHash);
    }

    [Fact]
    public async Task A_password_that_changes_meanwhile_opens_nothing()
    {
        var sara = await _world.AgentAsync();

        var opened = await _world.SendAsync(new OpenSession(sara.Id, "new:before", null, "hash"));

        Assert.Null(opened);
        Assert.Empty(await _world.InDbAsync(db => db.Sessions.ToListAsync(AuthWorld.Ct)));
    }

    [Fact]
    public async Task After_five_failures_even_the_right_password_waits()
    {
        await _world.AgentAsync();
        for (var i = 0; i < 5; i++)
        {
            await Assert.ThrowsAsync<RuleBrokenException>(() => _world.LogInAsync(password: "wrong"));
        }

        var refusal = await Assert.ThrowsAsync<TooManyAttemptsException>(() => _world.LogInAsync("SARA@fiko.test"));

        Assert.Equal(TimeSpan.FromMinutes(5), refusal.RetryAfter);
        Assert.Equal(5, _world.Passwords.Compared);
        _world.Time.Advance(refusal.RetryAfter);
        Assert.NotEmpty((await _world.LogInAsync()).AccessToken);
    }

    [Fact]
    public void What_was_typed_is_never_printed() =>
        Assert.DoesNotContain("secret", $"{new LogIn("a", "secret")}{new RefreshTokens("secret")}{new LogOut(null, "secret")}", StringComparison.Ordinal);
}
