using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Instances;

/// <summary>Two whole servers on one database and one Redis, as two machines behind a proxy would be.</summary>
public sealed class TwoInstances : IAsyncLifetime
{
    public RedisServer Redis { get; } = new();

    public FikoServer One { get; private set; } = null!;

    public FikoServer Two { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        RedisServer.MustBeInstalled();
        await Redis.StartAsync();
        One = new FikoServer();
        Two = new FikoServer { Beside = One };
        foreach (var server in new[] { One, Two })
        {
            server.Settings["Redis:ConnectionString"] = Redis.ConnectionString;
            await server.InitializeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Two is not null)
        {
            await Two.DisposeAsync();
        }

        if (One is not null)
        {
            await One.DisposeAsync();
        }

        await Redis.DisposeAsync();
    }
}
