using System.Threading.Channels;
using Fiko.Application.Audit;
using Fiko.Application.Auth;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fiko.Infrastructure.Auth;

/// <summary>Writes refused logins to the audit one after the other. Of a flood the oldest are let go: the throttle keeps it from being one.</summary>
internal sealed class RefusedLogins(IServiceScopeFactory scopes, ILogger<RefusedLogins> log) : BackgroundService, IRefusedLogins
{
    private const int Most = 1000;

    private readonly Channel<(long AgentId, Whereabouts From)> _waiting =
        Channel.CreateBounded<(long, Whereabouts)>(new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropOldest });

    public void Note(long agentId, Whereabouts from) => _waiting.Writer.TryWrite((agentId, from));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (agentId, from) in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<RequestOrigin>().From = from;
                await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new RecordRefusedLogin(agentId), stoppingToken);
            }
            catch (Exception problem) when (!stoppingToken.IsCancellationRequested)
            {
                log.RefusedLoginNotNoted(problem);
            }
        }
    }
}
