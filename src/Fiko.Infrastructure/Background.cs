using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.Infrastructure;

/// <summary>What everything that runs in the background does alike.</summary>
internal static class Background
{
    /// <summary>Sends a request in a scope of its own.</summary>
    public static async Task<TResult> AskAsync<TResult>(this IServiceScopeFactory scopes, IRequest<TResult> request, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, ct);
    }

    /// <summary>Looks at once and then again and again, whatever a single look meets.</summary>
    /// <param name="time">Whose time.</param>
    /// <param name="every">The pause between two looks.</param>
    /// <param name="look">One look.</param>
    /// <param name="failed">Told when a look threw; the next one comes all the same.</param>
    /// <param name="stopping">Ends it.</param>
    public static async Task LookEveryAsync(this TimeProvider time, TimeSpan every, Func<CancellationToken, Task> look, Action<Exception> failed, CancellationToken stopping)
    {
        using var tick = new PeriodicTimer(every, time);
        do
        {
            try
            {
                await look(stopping);
            }
            catch (Exception problem) when (!stopping.IsCancellationRequested)
            {
                failed(problem);
            }
        }
        while (await tick.WaitForNextTickAsync(stopping));
    }
}
