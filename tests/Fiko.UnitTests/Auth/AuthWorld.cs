using Fiko.Application;
using Fiko.Application.Auth;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using Fiko.Infrastructure.Auth;
using Fiko.Infrastructure.Realtime;
using Fiko.WebApi.Sockets;
using MediatR;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Time.Testing;

namespace Fiko.UnitTests.Auth;

/// <summary>The slice as it is wired in the server, with the clock, the hasher and the database in the test's hand.</summary>
internal sealed class AuthWorld : IDisposable
{
    // Long enough for HS512, so that its refusal is the algorithm's and not the key's.
    public const string Key = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private readonly SqliteConnection _connection = new("Data Source=:memory:");
    private readonly ServiceProvider _services;

    public AuthWorld(bool realPasswords = false)
    {
        _connection.Open();
        var services = new ServiceCollection();
        AddTo(services, new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Jwt:SigningKey"] = Key }).Build());
        services.AddLogging();
        if (!realPasswords)
        {
            services.Replace(ServiceDescriptor.Singleton<IPasswords>(Passwords));
        }

        _services = services.BuildServiceProvider();
        using var scope = _services.CreateScope();
        scope.ServiceProvider.GetRequiredService<AuthDb>().Database.EnsureCreated();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public PlainPasswords Passwords { get; } = new();

    public EndedSessions Ended { get; } = new();

    public Interference Interference { get; } = new();

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public IServiceProvider Services => _services;

    public void AddTo(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<TimeProvider>(Time);
        services.AddApplication(configuration);
        services.AddFikoAuthentication(configuration, new HostingEnvironment { EnvironmentName = Environments.Production }, "unused");
        services.AddSingleton(Interference);
        services.AddDbContext<AuthDb>(o => o.UseSqlite(_connection));
        services.AddScoped<IFikoDb>(s => s.GetRequiredService<AuthDb>());
        services.AddScoped<IUnitOfWork, AuthUnit>();
        services.AddSingleton<ISessionEvents>(Ended);
        services.AddSingleton<ILocalSockets>(new SocketRegistry());
    }

    public async Task<TAnswer> SendAsync<TAnswer>(IRequest<TAnswer> request)
    {
        using var scope = _services.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, Ct);
    }

    public async Task<TResult> InDbAsync<TResult>(Func<AuthDb, Task<TResult>> work)
    {
        using var scope = _services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<AuthDb>();
        var result = await work(db);
        await db.SaveChangesAsync(Ct);
        return result;
    }

    /// <param name="email">Whose account is made.</param>
    /// <param name="password">Kept by the world's own hasher.</param>
    public Task<Agent> AgentAsync(string email = "sara@fiko.test", string password = "right") => InDbAsync(db =>
    {
        var agent = new Agent(1, email, "Sara", "Karimi", Role.Admin, Time.GetUtcNow());
        agent.SetPasswordHash(_services.GetRequiredService<IPasswords>().Hash(password));
        db.Agents.Add(agent);
        return Task.FromResult(agent);
    });

    public Task<TokenAnswer> LogInAsync(string email = "sara@fiko.test", string password = "right") => SendAsync(new LogIn(email, password));

    public void Dispose()
    {
        _services.Dispose();
        _connection.Dispose();
    }
}

/// <summary>Hashes at once, and counts.</summary>
internal sealed class PlainPasswords : IPasswords
{
    public int Compared { get; private set; }

    public string Prefix { get; set; } = "new:";

    public string Hash(string password) => Prefix + password;

    public PasswordVerdict Verify(string? hash, string password)
    {
        Compared++;
        return hash == $"new:{password}" ? PasswordVerdict.Right : hash == $"old:{password}" ? PasswordVerdict.RightButOld : PasswordVerdict.Wrong;
    }
}

internal sealed class EndedSessions : ISessionEvents
{
    public List<long> Ids { get; } = [];

    public List<long> Agents { get; } = [];

    public void Ended(long sessionId) => Ids.Add(sessionId);

    public void AgentEnded(long agentId) => Agents.Add(agentId);

    public void AgentChanged(long agentId) => Agents.Add(agentId);
}
