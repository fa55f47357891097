using Fiko.Application.Auth;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fiko.Infrastructure.Auth;

/// <summary>Forgets unused tickets once a minute.</summary>
internal sealed class TicketSweeper(IServiceScopeFactory scopes, TimeProvider time, ILogger<TicketSweeper> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        time.LookEveryAsync(Every, ct => scopes.AskAsync(new DropStaleTickets(), ct), problem => log.TicketsNotSwept(problem), stoppingToken);
}
