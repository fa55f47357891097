using System.Reflection;
using Fiko.Infrastructure.Persistence;
using Fiko.SqlServerTwin.Capture;
using Fiko.SqlServerTwin.Replay;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query.Internal;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.SqlServerTwin;

/// <summary>Puts the twin beside a server of the tests. The server does not know, and answers the same.</summary>
public static class TwinServices
{
    private static readonly CommandLog Log = new();

    public static IServiceCollection AddTwin(this IServiceCollection services)
    {
        Jobs.Label(services);
        services.AddScoped<Sender>();
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(SenderBehavior<,>));
        services.ConfigureDbContext<SqliteFikoDbContext>((scope, options) =>
        {
            var sender = scope.GetRequiredService<Sender>();
            sender.Created();
            options.ReplaceService<IQueryCompiler, TwinQueryCompiler>().AddInterceptors(new TwinInterceptor(sender, Log));
        });
        return services;
    }

    /// <summary>At the end of a suite.</summary>
    public static void HandOver(Assembly suite) => CaptureFile.Write(suite, Log);
}
