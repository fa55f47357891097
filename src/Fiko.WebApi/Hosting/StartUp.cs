using Fiko.Infrastructure.Persistence;
using Fiko.WebApi.Sandbox;
using Microsoft.Extensions.Options;

namespace Fiko.WebApi.Hosting;

/// <summary>Brings the database up to date where that is wanted, fills an empty one with the demo, and says where to look.</summary>
internal sealed class StartUp(
    IServiceScopeFactory scopes,
    IOptions<DatabaseOptions> database,
    IOptions<DemoOptions> demo,
    IOptions<SandboxOptions> sandbox,
    IConfiguration configuration,
    IHostApplicationLifetime host,
    ILogger<StartUp> log) : IHostedService
{
    public async Task StartAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var schema = scope.ServiceProvider.GetRequiredService<Schema>();
        if (database.Value.MigrateOnStart)
        {
            await schema.MigrateAsync(ct);
        }
        else if (await schema.WhatIsMissingAsync(ct) is { } missing)
        {
            throw new InvalidOperationException(missing);
        }

        if (demo.Value.Enabled)
        {
            await scope.ServiceProvider.GetRequiredService<DemoWorkspace>().CreateWhereEmptyAsync(ct);
        }

        host.ApplicationStarted.Register(Announce);
    }

    public Task StopAsync(CancellationToken ct) => Task.CompletedTask;

    private void Announce()
    {
        var url = (configuration["PublicUrl"] ?? "").TrimEnd('/');
        log.Listening(url);
        log.ReferenceAt($"{url}/docs");
        if (sandbox.Value.Enabled)
        {
            log.SandboxAt($"{url}/sandbox");
        }

        if (demo.Value.Enabled)
        {
            log.DemoAccounts(DemoWorkspace.Owner, DemoWorkspace.Sara, DemoWorkspace.Reza, DemoWorkspace.Password);
        }
    }
}

/// <summary>The demo workspace (section <c>Demo</c>); Development only.</summary>
internal sealed class DemoOptions
{
    public const string Section = "Demo";

    public bool Enabled { get; set; }
}
