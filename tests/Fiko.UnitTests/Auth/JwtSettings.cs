using Fiko.Application.Auth;
using Fiko.Infrastructure;
using Fiko.Infrastructure.Auth;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;

namespace Fiko.UnitTests.Auth;

public sealed class JwtSettings : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("fiko-jwt-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData(null, "Jwt:SigningKey is missing")]
    [InlineData("   ", "Jwt:SigningKey is missing")]
    [InlineData("0123456789abcdef0123456789abcde", "Jwt:SigningKey is too short: 31 bytes")]
    public void Production_does_not_start_without_a_good_key_and_says_what_to_do(string? key, string problem)
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => Read(Environments.Production, ("SigningKey", key)));

        Assert.StartsWith(problem, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Set Jwt__SigningKey to a secret of 32 bytes or more", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_is_counted_in_bytes() => Assert.NotNull(Read(Environments.Production, ("SigningKey", "رمزعبوررمزعبوررم")));

    [Fact]
    public void A_short_key_is_refused_in_Development_too() =>
        Assert.Throws<OptionsValidationException>(() => Read(Environments.Development, ("SigningKey", "short")));

    [Theory]
    [InlineData("Authority", "http://id.example.com", "Jwt:Authority")]
    [InlineData("Authority", "id.example.com", "Jwt:Authority")]
    [InlineData("AccessTokenLifetime", "00:00:00", "Jwt:AccessTokenLifetime")]
    [InlineData("RefreshTokenLifetime", "-1.00:00:00", "Jwt:RefreshTokenLifetime")]
    public void A_wrong_value_names_its_key(string key, string value, string named)
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => Read(Environments.Production, ("SigningKey", AuthWorld.Key), (key, value)));

        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_an_authority_no_key_is_needed() =>
        Assert.Null(Read(Environments.Production, ("Authority", "https://id.example.com/")).SigningKey);

    [Fact]
    public void Development_makes_a_key_and_keeps_it_to_itself()
    {
        var first = Read(Environments.Development).SigningKey;
        var second = Read(Environments.Development).SigningKey;

        Assert.Equal(first, second);
        Assert.Equal(48, Convert.FromBase64String(first!).Length);
        var file = Assert.Single(Directory.GetFiles(_directory));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task Instances_that_start_at_once_agree_on_the_key()
    {
        using var start = new Barrier(8);
        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(TimeSpan.FromSeconds(30));
                return KeyFile.ReadOrMake(_directory, "development-signing-key");
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Assert.Single(keys.Distinct());
        Assert.Single(Directory.GetFiles(_directory));
    }

    [Fact]
    public void Passwords_are_kept_in_the_format_of_Identity_and_old_ones_are_noticed()
    {
        var now = new Passwords(Options.Create(new PasswordHasherOptions()));
        var old = new Passwords(Options.Create(new PasswordHasherOptions { IterationCount = 1000 }));

        Assert.Equal(PasswordVerdict.Right, now.Verify(now.Hash("right"), "right"));
        Assert.Equal(PasswordVerdict.Wrong, now.Verify(now.Hash("right"), "wrong"));
        Assert.Equal(PasswordVerdict.RightButOld, now.Verify(old.Hash("right"), "right"));
        Assert.Equal(PasswordVerdict.Wrong, now.Verify(null, "right"));
        Assert.Equal(PasswordVerdict.Wrong, now.Verify("", "right"));
    }

    private JwtOptions Read(string environment, params (string Key, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"Jwt:{s.Key}", s.Value))).Build();
        var services = new ServiceCollection().AddLogging();
        services.AddFikoAuthentication(configuration, new HostingEnvironment { EnvironmentName = environment }, _directory);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<JwtOptions>>().Value;
    }
}
