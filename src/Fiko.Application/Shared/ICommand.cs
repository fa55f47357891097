using MediatR;

namespace Fiko.Application.Shared;

/// <summary>
/// A request that changes something. Its handler runs inside one transaction and may be run again after a conflict, so it
/// touches nothing but the database; what talks to the outside is a plain request that sends commands.
/// </summary>
public interface ICommand<out TResult> : IRequest<TResult>;
