using System.Globalization;
using Fiko.Application;
using Fiko.Infrastructure.Persistence;
using Fiko.WebApi.Sockets;
using Microsoft.Extensions.Options;

namespace Fiko.WebApi.Hosting;

/// <summary>How the server starts, what stands in front of every request, and how operators see it.</summary>
internal static class HostingServices
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(3);

    public static void AddHosting(this WebApplicationBuilder builder)
    {
        // SQL Server's client asks for the system's cultures; nothing that the server writes or reads may follow the machine's.
        CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        builder.Configuration.AddSecretFiles();
        builder.Services.AddHosting(builder.Configuration);
    }

    private static void AddHosting(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSecretsOutOfUrls();
        services.AddValidated<CorsOptions>(configuration, CorsOptions.Section);
        services.AddValidated<DemoOptions>(configuration, DemoOptions.Section);
        services.AddSingleton<OriginRule>();
        services.AddCors();

        // First of the hosted services: nothing works on a schema that is not there yet.
        services.AddHostedService<StartUp>();
        services.AddScoped<DemoWorkspace>();
    }

    public static void UseHosting(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();

        // Routes first: a file whose address a route has taken (the sandbox's, where there is none) is not handed out.
        app.UseRouting();
        app.UseStaticFiles();
        app.UseCors(cors =>
        {
            var origins = app.Services.GetRequiredService<IOptions<CorsOptions>>().Value.AllowedOrigins;
            cors.WithOrigins(origins).AllowAnyHeader().AllowAnyMethod().WithExposedHeaders("Retry-After");
        });
        app.UseWebSockets();
        app.UseSocketGate();
        app.UseRequestOrigin();
        app.UseAuthentication();
        app.UseAuthorization();
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Ok(new { status = "ok" })).AllowAnonymous();
        routes.MapGet("/health/ready", ReadyAsync).AllowAnonymous();
    }

    public static async Task<int> MigrateAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Schema>().MigrateAsync(CancellationToken.None);
        app.Logger.Migrated();
        return 0;
    }

    private static async Task<IResult> ReadyAsync(FikoDbContext db, Drain drain, TimeProvider time, CancellationToken ct) =>
        !drain.HasBegun && await AnswersAsync(db, time, ct)
            ? Results.Ok(new { status = "ok" })
            : Results.Json(new { status = "unavailable" }, statusCode: StatusCodes.Status503ServiceUnavailable);

    // A connection is tried for again and again; whoever asks whether it is there wants to know now.
    private static async Task<bool> AnswersAsync(FikoDbContext db, TimeProvider time, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(ReadyWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        try
        {
            return await db.Database.CanConnectAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }
}
