using System.Text;
using Fiko.Application;
using Fiko.Application.Channels;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using Fiko.Domain.Channels;
using Fiko.Domain.Workspaces;
using Fiko.Infrastructure.Backplane;
using Fiko.Infrastructure.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Fiko.UnitTests.Channels.Telegram;

/// <summary>Two workspaces on a real database, and the real client in front of a Bot API that the test answers for.</summary>
internal sealed class BotWorld : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fiko-").FullName;

    public BotWorld(string publicUrl = "https://inbox.example/")
    {
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:Fiko"] = $"Data Source={Path.Combine(_folder, "fiko.db")};Pooling=False",
            ["PublicUrl"] = publicUrl,
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        Services = Telegram.Build(
            Time,
            services =>
            {
                services.AddApplication(configuration);
                services.AddPersistence(configuration, new DataFolder(_folder, configuration.GetConnectionString("Fiko")!, DatabaseOptions.Sqlite));
                services.AddSingleton<ISecrets, PlainSecrets>();
                services.AddSingleton<IBackplane, NoBackplane>();
            },
            settings);
    }

    public TelegramFake Telegram { get; } = new() { Answer = Friendly };

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public ServiceProvider Services { get; }

    public Caller Admin { get; private set; } = null!;

    public Caller Stranger { get; private set; } = null!;

    /// <summary>Answers every call as Telegram does when all is well.</summary>
    public static string Friendly(string path) => path.EndsWith("/getMe", StringComparison.Ordinal)
        ? TelegramFake.Ok("""{"id":123456789,"is_bot":true,"first_name":"Shop","username":"shop_bot"}""")
        : TelegramFake.Ok();

    public async Task PrepareAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Schema>().MigrateAsync(TestContext.Current.CancellationToken);
        Admin = await CallerAsync("ours");
        Stranger = await CallerAsync("theirs");
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

    public Task<ChannelAccount> ChannelAsync(long id) => ReadAsync(db => db.Channels.SingleAsync(c => c.Id == id));

    public string[] Methods() => [.. Telegram.Requests.Select(r => r.Path.Split('/')[^1])];

    /// <summary>
    /// Lets time pass until something is done. Twenty times as fast as it does, and no faster: the calls in between are real,
    /// and their time-outs are of this time.
    /// </summary>
    public async Task AdvanceUntilAsync(Task done)
    {
        while (!done.IsCompleted)
        {
            Time.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        await Telegram.DisposeAsync();
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
