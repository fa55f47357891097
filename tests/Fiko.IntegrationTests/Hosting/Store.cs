using Fiko.Application;
using Fiko.Application.Agents;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Infrastructure;
using Fiko.Infrastructure.Persistence;
using Fiko.Infrastructure.Realtime;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Fiko.IntegrationTests.Hosting;

/// <summary>The server's own parts on one database, without sockets and with nothing running in the background.</summary>
public sealed class Store : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    /// <param name="database">Which.</param>
    /// <param name="parts">What a test brings of its own.</param>
    /// <param name="recorded">False where recording would be measured along.</param>
    public Store(TestDatabase database, Action<IServiceCollection>? parts = null, bool recorded = true)
    {
        Database = database;
        var host = Host.CreateEmptyApplicationBuilder(new() { ContentRootPath = database.Folder.FullName, EnvironmentName = Environments.Development });
        host.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Fiko"] = database.ConnectionString,
            ["Database:Provider"] = database.Provider,
        });
        host.Services.AddLogging();
        host.Services.AddApplication(host.Configuration);
        host.Services.AddInfrastructure(host.Configuration, host.Environment);
        if (recorded)
        {
            host.Services.ConfigureDbContext<SqliteFikoDbContext>(options => options.AddInterceptors(Recorder));
            host.Services.ConfigureDbContext<SqlServerFikoDbContext>(options => options.AddInterceptors(Recorder));
            Beneath(host.Services);
        }

        host.Services.AddSingleton<ILocalSockets, NoSockets>();
        host.Services.AddSingleton<IOnlineAgents, NobodyOnline>();
        host.Services.RemoveAll<ICommitListener>();
        host.Services.AddSingleton<ICommitListener>(Heard);
        parts?.Invoke(host.Services);
        _provider = host.Services.BuildServiceProvider(validateScopes: true);
    }

    /// <summary>What a suite adds to all of its stores.</summary>
    public static Action<IServiceCollection> Beneath { get; set; } = _ => { };

    public TestDatabase Database { get; }

    public IServiceProvider Services => _provider;

    public CommandRecorder Recorder { get; } = new();

    internal HeardCommits Heard { get; } = new();

    public async Task MigrateAsync(CancellationToken ct)
    {
        await using var scope = _provider.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Schema>().MigrateAsync(ct);
    }

    /// <summary>A request as a socket or REST sends it: in a scope of its own, through the mediator.</summary>
    public async Task<TResult> SendAsync<TResult>(IRequest<TResult> request)
    {
        await using var scope = _provider.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, CancellationToken.None);
    }

    /// <summary>The statements that a request costs.</summary>
    public async Task<IReadOnlyList<RecordedCommand>> RecordAsync<TResult>(IRequest<TResult> request)
    {
        Recorder.Clear();
        await SendAsync(request);
        return Recorder.Commands;
    }

    /// <summary>A unit of work, as the commands' behaviour runs it.</summary>
    public async Task<TResult> CommitAsync<TResult>(Func<FikoDbContext, Task<TResult>> work)
    {
        await using var scope = _provider.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FikoDbContext>();
        return await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().CommitAsync(() => work(db), CancellationToken.None);
    }

    public Task CommitAsync(Func<FikoDbContext, Task> work) => CommitAsync(async db =>
    {
        await work(db);
        return true;
    });

    public async Task<TResult> ReadAsync<TResult>(Func<FikoDbContext, Task<TResult>> read)
    {
        await using var scope = _provider.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<FikoDbContext>());
    }

    public Task<long> HeadAsync(long workspaceId) => ReadAsync(db => db.Workspaces.Where(w => w.Id == workspaceId).Select(w => w.Head).SingleAsync());

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    private sealed class NobodyOnline : IOnlineAgents
    {
        public IReadOnlySet<long> Of(long workspaceId) => new HashSet<long>();
    }

    private sealed class NoSockets : ILocalSockets
    {
        public bool AnyListensTo(Topic topic) => false;

        public void SendLogged(Topic topic, long position, ReadOnlyMemory<byte> frame)
        {
        }

        public void SendMomentary(Topic topic, long exceptAgentId, string key, ReadOnlyMemory<byte> frame)
        {
        }

        public void EndTopic(Topic topic)
        {
        }

        public void EndSession(long sessionId)
        {
        }

        public IReadOnlyCollection<Caller> Callers => [];

        public long Moment => 0;

        public void EndAgent(long agentId)
        {
        }

        public void RenewAgent(long agentId)
        {
        }
    }
}
