using Fiko.Application.Search;
using Fiko.Application.Shared;
using Fiko.Domain.Workspaces;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Customers;

/// <summary>The last of an erasure: the words of what is gone leave the index of words, in small steps.</summary>
/// <param name="Begin">Whether this is the first step.</param>
/// <returns>Whether there is more to do.</returns>
public sealed record PurgeErased(bool Begin) : ICommand<bool>;

internal sealed class PurgeErasedHandler(ISearchIndex index) : IRequestHandler<PurgeErased, bool>
{
    public Task<bool> Handle(PurgeErased purge, CancellationToken ct) => index.PurgeAsync(purge.Begin, ct);
}

/// <summary>Nothing is left of them anywhere: their rows, which were the mark of that, go too.</summary>
public sealed record RemoveBuried(IReadOnlyList<long> Customers) : ICommand<Unit>;

internal sealed class RemoveBuriedHandler(IFikoDb db) : IRequestHandler<RemoveBuried, Unit>
{
    public async Task<Unit> Handle(RemoveBuried remove, CancellationToken ct)
    {
        await db.Customers
            .Where(c => remove.Customers.Contains(c.Id) && db.Workspaces.Any(w => w.Id == c.WorkspaceId && w.LogStamp == Workspace.LimboStamp))
            .ExecuteDeleteAsync(ct);
        return Unit.Value;
    }
}
