using System.Text;
using Fiko.Application;
using Fiko.Application.Channels;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using Fiko.Domain.Channels;
using Fiko.Domain.Workspaces;
using Fiko.Infrastructure.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Fiko.UnitTests.Channels.Instagram;

/// <summary>Two workspaces on a real database, and the real client in front of a Graph API that the test answers for.</summary>
internal sealed class InstagramWorld : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fiko-").FullName;

    private InstagramWorld(GraphFake graph, Dictionary<string, string?> more)
    {
        Graph = graph;
        var settings = new Dictionary<string, string?>(more)
        {
            ["ConnectionStrings:Fiko"] = $"Data Source={Path.Combine(_folder, "fiko.db")};Pooling=False",
            ["PublicUrl"] = "https://inbox.example/",
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        Services = graph.Build(
            Time,
            services =>
            {
                services.AddApplication(configuration);
                services.AddPersistence(configuration, new DataFolder(_folder, configuration.GetConnectionString("Fiko")!, DatabaseOptions.Sqlite));
                services.AddSingleton<ISecrets, PlainSecrets>();
            },
            settings);
    }

    public GraphFake Graph { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public ServiceProvider Services { get; }

    public Caller Admin { get; private set; } = null!;

    public Caller Stranger { get; private set; } = null!;

    public static async Task<InstagramWorld> CreateAsync(Dictionary<string, string?>? settings = null)
    {
        var world = new InstagramWorld(await GraphFake.StartAsync(), settings ?? []);
        await using var scope = world.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Schema>().MigrateAsync(TestContext.Current.CancellationToken);
        world.Admin = await world.CallerAsync("ours");
        world.Stranger = await world.CallerAsync("theirs");
        return world;
    }

    public async Task<TResult> AskAsync<TResult>(IRequest<TResult> request)
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, TestContext.Current.CancellationToken);
    }

    public async Task<TResult> ReadAsync<TResult>(Func<IFikoDb, Task<TResult>> read)
    {
        await using var scope = Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<IFikoDb>());
    }

    public Task<ChannelAccount> ChannelAsync(long id) => ReadAsync(db => db.Channels.AsNoTracking().SingleAsync(c => c.Id == id));

    public Task<List<InboundUpdate>> UpdatesAsync() => ReadAsync(db => db.InboundUpdates.AsNoTracking().OrderBy(u => u.Id).ToListAsync());

    public Task<ChannelView> ConnectAsync() => AskAsync(new ConnectInstagram(Admin, GraphFake.Token));

    public static string Open(string? kept) => Encoding.UTF8.GetString(Convert.FromBase64String(kept!));

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        await Graph.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<Caller> CallerAsync(string name)
    {
        await using var scope = Services.CreateAsyncScope();
        var workspace = new Workspace(name, "stamp", Time.Now());
        var db = scope.ServiceProvider.GetRequiredService<IFikoDb>();
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().CommitAsync(
            () =>
            {
                db.Workspaces.Add(workspace);
                return db.SaveChangesAsync(CancellationToken.None);
            },
            CancellationToken.None);
        return new Caller(1, workspace.Id, "Sara", Role.Admin, null);
    }

    private sealed class PlainSecrets : ISecrets
    {
        public string Seal(string secret) => Convert.ToBase64String(Encoding.UTF8.GetBytes(secret));

        public string? Open(string sealedSecret) => Encoding.UTF8.GetString(Convert.FromBase64String(sealedSecret));
    }
}
