using System.Collections.Concurrent;
using Fiko.Application.Events;
using Fiko.Application.Shared;
using Fiko.Domain.Shared;
using Fiko.Infrastructure.Events;
using MediatR;
using Microsoft.Extensions.Options;

namespace Fiko.WebApi.Api;

/// <summary>Calls that wait for an event: bounded for each user, over at once when the client or the server goes.</summary>
internal sealed class EventWaits(LogWatch logs, IOptions<EventOptions> options, IHostApplicationLifetime host, TimeProvider time)
{
    /// <summary>Seconds. Proxies between here and there commonly give up after 60.</summary>
    public const int Longest = 30;

    private readonly ConcurrentDictionary<long, int> _waiting = [];

    public async Task<EventPage> ReadAsync(IMediator mediator, ReadEvents read, TimeSpan patience, CancellationToken ct)
    {
        using var over = new CancellationTokenSource(patience, time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(ct, over.Token, host.ApplicationStopping);
        using var log = logs.Begin(read.By.WorkspaceId);
        var page = await mediator.Send(read, ct);
        if (page.Items.Count > 0 || page.HasMore)
        {
            return page;
        }

        Enter(read.By);
        try
        {
            while (page.Items.Count == 0 && !page.HasMore)
            {
                await log.BeyondAsync(page.Position, any.Token);
                page = await mediator.Send(read with { After = page.NextCursor }, ct);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Nothing came, or the server goes: the page that is empty says where to go on.
        }
        finally
        {
            Leave(read.By);
        }

        return page;
    }

    private void Enter(Caller by)
    {
        if (_waiting.AddOrUpdate(by.AgentId, 1, (_, others) => others + 1) > options.Value.MaxWaiting)
        {
            Leave(by);
            throw new RuleBrokenException("too_many_connections", "Too many calls of this user are waiting for events");
        }
    }

    private void Leave(Caller by)
    {
        var left = _waiting.AddOrUpdate(by.AgentId, 0, (_, all) => all - 1);
        if (left == 0)
        {
            _waiting.TryRemove(KeyValuePair.Create(by.AgentId, 0));
        }
    }
}
