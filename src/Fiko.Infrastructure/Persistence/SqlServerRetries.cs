using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Fiko.Infrastructure.Persistence;

/// <summary>
/// What <c>EnableRetryOnFailure</c> does, for a query by itself and for a unit of work as a whole. Within one moment (<see
/// cref="FikoDbContext.ReadOneMomentAsync"/>) a query is not retried, because the moment is gone with the connection.
/// </summary>
internal sealed class SqlServerRetries(ExecutionStrategyDependencies dependencies)
    : SqlServerRetryingExecutionStrategy(dependencies, MaxRetries, MaxDelay, AlsoPassing)
{
    // Pauses of 0, 1, 3, 5, 5 and 5 s: a fail-over is over by then.
    private const int MaxRetries = 6;
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(5);

    // Cut off by who set the database's options or shut the server down; a replica that is taking over; a server that is starting.
    // A time-out (-2) is none of them: what takes 30 s under load would be asked for six times more.
    private static readonly int[] AlsoPassing = [596, 976, 983, 3906, 6005, 18401];

    public override bool RetriesOnFailure => base.RetriesOnFailure && !IsInMoment;

    // Asked while EF Core puts the context together: nothing of the context's own services can be asked for here.
    private bool IsInMoment => Dependencies.CurrentContext.Context is SqlServerFikoDbContext { IsInMoment: true };

    protected override bool ShouldRetryOn(Exception exception) =>
        exception is CommitUnansweredException || (!IsInMoment && base.ShouldRetryOn(exception));
}

/// <summary>Nobody knows yet whether a transaction was committed: the answer did not come.</summary>
internal sealed class CommitUnansweredException(Exception inner) : Exception("The commit was not answered", inner);
