using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Auth;

/// <summary>The caller gets a ticket that opens one socket within half a minute (rest.md, Auth).</summary>
/// <param name="By">Who.</param>
/// <param name="TokenExpiresAt">When the token ends that they asked with: the socket lives as long as one that it had opened.</param>
public sealed record GetSocketTicket(Caller By, DateTimeOffset TokenExpiresAt) : IRequest<TicketAnswer>;

/// <summary>A ticket for a socket's URL.</summary>
/// <param name="Ticket">Good once, as <c>?ticket=</c>.</param>
/// <param name="ExpiresIn">Seconds.</param>
public sealed record TicketAnswer(string Ticket, int ExpiresIn)
{
    // A record prints its members; one of these is a secret.
    public override string ToString() => nameof(TicketAnswer);
}

internal sealed class GetSocketTicketHandler(IMediator mediator) : IRequestHandler<GetSocketTicket, TicketAnswer>
{
    public async Task<TicketAnswer> Handle(GetSocketTicket get, CancellationToken ct)
    {
        var ticket = RefreshSecret.New();
        await mediator.Send(new KeepTicket(get.By, RefreshSecret.Hash(ticket), get.TokenExpiresAt), ct);
        return new TicketAnswer(ticket, (int)KeepTicketHandler.Lifetime.TotalSeconds);
    }
}

internal sealed record KeepTicket(Caller By, string Hash, DateTimeOffset TokenExpiresAt) : ICommand<Unit>;

internal sealed class KeepTicketHandler(IFikoDb db, TimeProvider time) : IRequestHandler<KeepTicket, Unit>
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    public async Task<Unit> Handle(KeepTicket keep, CancellationToken ct)
    {
        db.SocketTickets.Add(new SocketTicket(keep.By.AgentId, keep.By.SessionId, keep.Hash, time.Now() + Lifetime, keep.TokenExpiresAt));
        await db.SaveChangesAsync(ct);
        return Unit.Value;
    }
}

/// <summary>Somebody shows a ticket.</summary>
/// <returns>Whose it is; null where there is none, or no more.</returns>
public sealed record UseTicket(string Ticket) : ICommand<UsedTicket?>
{
    // A record prints its members; this one's is a secret.
    public override string ToString() => nameof(UseTicket);
}

public sealed record UsedTicket(long AgentId, long? SessionId, DateTimeOffset TokenExpiresAt);

internal sealed class UseTicketHandler(IFikoDb db, TimeProvider time) : IRequestHandler<UseTicket, UsedTicket?>
{
    public async Task<UsedTicket?> Handle(UseTicket use, CancellationToken ct)
    {
        var hash = RefreshSecret.Hash(use.Ticket);
        if (await db.SocketTickets.SingleOrDefaultAsync(t => t.Hash == hash, ct) is not { } ticket)
        {
            return null;
        }

        // Of two uses at once the second finds no row to remove, is run again, and finds none at all.
        db.SocketTickets.Remove(ticket);
        await db.SaveChangesAsync(ct);
        return ticket.ExpiresAt > time.Now() ? new UsedTicket(ticket.AgentId, ticket.SessionId, ticket.TokenExpiresAt) : null;
    }
}

/// <summary>Forgets tickets that nobody used.</summary>
public sealed record DropStaleTickets : ICommand<int>;

internal sealed class DropStaleTicketsHandler(IFikoDb db, TimeProvider time) : IRequestHandler<DropStaleTickets, int>
{
    public Task<int> Handle(DropStaleTickets drop, CancellationToken ct)
    {
        var now = time.Now();
        return db.SocketTickets.Where(t => t.ExpiresAt <= now).ExecuteDeleteAsync(ct);
    }
}
