using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Fiko.SqlServerTwin.Capture;

/// <summary>Knows on behalf of which job of the background something is done: whatever it awaits or begins inherits its name.</summary>
internal static class Jobs
{
    private static readonly AsyncLocal<string?> Name = new();

    public static string? Current => Name.Value;

    /// <summary>Lets each job that is registered until now begin under its name.</summary>
    public static void Label(IServiceCollection services)
    {
        for (var n = 0; n < services.Count; n++)
        {
            if (services[n] is { IsKeyedService: false } job && job.ServiceType == typeof(IHostedService) && IsOurs(job))
            {
                services[n] = ServiceDescriptor.Singleton(all => Labelled(Create(job, all)));
            }
        }
    }

    // The web server is one as well, and who tests it looks for it by its type.
    private static bool IsOurs(ServiceDescriptor job) =>
        (job.ImplementationType?.Assembly ?? job.ImplementationFactory?.Method.Module.Assembly)?.GetName().Name?.StartsWith("Fiko.", StringComparison.Ordinal) is true;

    private static IHostedService Create(ServiceDescriptor job, IServiceProvider all) =>
        (IHostedService)(job.ImplementationFactory?.Invoke(all) ?? ActivatorUtilities.CreateInstance(all, job.ImplementationType!));

    // What does more than start and stop does nothing in the database either.
    private static IHostedService Labelled(IHostedService job) =>
        job is BackgroundService ? new Job(job, job.GetType().FullName!) : job;

    private sealed class Job(IHostedService inner, string name) : IHostedService, IDisposable
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            var before = Name.Value;
            Name.Value = name;
            var starting = inner.StartAsync(cancellationToken);
            Name.Value = before;
            return starting;
        }

        public Task StopAsync(CancellationToken cancellationToken) => inner.StopAsync(cancellationToken);

        public void Dispose() => (inner as IDisposable)?.Dispose();
    }
}
