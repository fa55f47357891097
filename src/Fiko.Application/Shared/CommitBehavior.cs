using MediatR;

namespace Fiko.Application.Shared;

/// <summary>Runs a unit of work in one transaction; a command sent from inside another joins it.</summary>
public interface IUnitOfWork
{
    /// <summary>Returns after the commit. <paramref name="work"/> is run again, on a clean slate, after a conflict.</summary>
    Task<TResult> CommitAsync<TResult>(Func<Task<TResult>> work, CancellationToken ct);
}

internal sealed class CommitBehavior<TRequest, TResult>(IUnitOfWork unit) : IPipelineBehavior<TRequest, TResult>
    where TRequest : IRequest<TResult>
{
    public Task<TResult> Handle(TRequest request, CancellationToken ct, RequestHandlerDelegate<TResult> next) =>
        request is ICommand<TResult> ? unit.CommitAsync(() => next(), ct) : next();
}
