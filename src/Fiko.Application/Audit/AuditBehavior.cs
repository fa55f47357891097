using Fiko.Application.Shared;
using MediatR;

namespace Fiko.Application.Audit;

/// <summary>Writes what a person's command says of itself. It stands inside <see cref="CommitBehavior{TRequest,TResult}"/>: the change and its entry are one commit.</summary>
internal sealed class AuditBehavior<TRequest, TResult>(AuditTrail trail, IFikoDb db) : IPipelineBehavior<TRequest, TResult>
    where TRequest : IRequest<TResult>
{
    public Task<TResult> Handle(TRequest request, CancellationToken ct, RequestHandlerDelegate<TResult> next) =>
        request is ICommand<TResult> and IAudited<TResult> audited ? NoteAsync(audited, next, ct) : next();

    private async Task<TResult> NoteAsync(IAudited<TResult> audited, RequestHandlerDelegate<TResult> next, CancellationToken ct)
    {
        var result = await next();
        if (audited.Audit(result) is { } note)
        {
            trail.Add(audited.By, note);
            await db.SaveChangesAsync(ct);
        }

        return result;
    }
}
