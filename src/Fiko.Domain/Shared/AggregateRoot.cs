namespace Fiko.Domain.Shared;

/// <summary>An entity that speaks for everything inside it and remembers what happened to it until that is saved.</summary>
public abstract class AggregateRoot
{
    private readonly List<Func<IDomainEvent>> _events = [];

    /// <summary>Given by the database.</summary>
    public long Id { get; private set; }

    /// <summary>The workspace whose event log tells this aggregate's news.</summary>
    public long WorkspaceId { get; protected set; }

    public bool HasEvents => _events.Count > 0;

    // Late, because the database gives the ids that an event names: it is built once they are known.
    protected void Raise(Func<IDomainEvent> happened) => _events.Add(happened);

    /// <summary>Hands over what happened since the last call. Only meaningful after the rows were written.</summary>
    public IReadOnlyList<IDomainEvent> TakeEvents()
    {
        var taken = _events.ConvertAll(e => e());
        _events.Clear();
        return taken;
    }
}
