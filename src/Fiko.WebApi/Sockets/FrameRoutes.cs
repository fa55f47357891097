using System.Collections.Frozen;
using System.Text.Json;
using Fiko.Application.Realtime;
using Fiko.Infrastructure.Realtime;
using MediatR;

namespace Fiko.WebApi.Sockets;

/// <summary>What may be said on a kind of socket: wire names, and the requests they become.</summary>
internal sealed class FrameRoutes<TSession>
{
    private readonly Dictionary<string, Route<TSession>> _building = [];
    private FrozenDictionary<string, Route<TSession>>? _routes;

    public IEnumerable<string> Names => _building.Keys;

    /// <summary>All of them, in the order in which they were declared.</summary>
    public IEnumerable<KeyValuePair<string, Route<TSession>>> All => _building;

    /// <summary>A frame with fields of its own.</summary>
    public FrameRoutes<TSession> On<TBody, TAnswer>(string type, Func<TBody, TSession, IRequest<TAnswer>> request)
        where TAnswer : ServerFrame?
    {
        _building.Add(type, new Route<TSession>(
            typeof(TAnswer).IsAssignableTo(typeof(ISnapshotFrame)),
            async (frame, session, mediator, ct) => await mediator.Send(request(frame.Deserialize<TBody>(Wire.Options)!, session), ct))
        {
            Body = typeof(TBody),
            Answer = typeof(TAnswer),
        });
        return this;
    }

    /// <summary>
    /// A frame whose answer a platform is asked for: it goes on beside the socket's other frames, and after the earlier ones
    /// of its kind.
    /// </summary>
    public FrameRoutes<TSession> Aside<TBody>(string type, Func<TBody, TSession, IRequest<ServerFrame?>> request)
    {
        On(type, request);
        _building[type] = _building[type] with { IsAside = true };
        return this;
    }

    /// <summary>A frame that says all by its type.</summary>
    public FrameRoutes<TSession> On<TAnswer>(string type, Func<TSession, IRequest<TAnswer>> request)
        where TAnswer : ServerFrame?
    {
        _building.Add(type, new Route<TSession>(
            typeof(TAnswer).IsAssignableTo(typeof(ISnapshotFrame)),
            async (_, session, mediator, ct) => await mediator.Send(request(session), ct))
        {
            Answer = typeof(TAnswer),
        });
        return this;
    }

    /// <summary>The frame by whose <c>token</c> the connection lives from then on.</summary>
    public FrameRoutes<TSession> Renews<TBody, TAnswer>(string type)
        where TAnswer : ServerFrame
    {
        _building.Add(type, new Route<TSession>(false, (_, _, _, _) => Task.FromResult<ServerFrame?>(null))
        {
            Body = typeof(TBody),
            Answer = typeof(TAnswer),
            RenewsToken = true,
        });
        return this;
    }

    public Route<TSession>? Find(string type) => (_routes ??= _building.ToFrozenDictionary()).GetValueOrDefault(type);
}

/// <param name="ShowsSnapshot">Whether the answer shows a position of the log, and takes its exact place among live frames.</param>
/// <param name="AskAsync">Reads the fields, and sends the request.</param>
internal sealed record Route<TSession>(
    bool ShowsSnapshot,
    Func<JsonElement, TSession, IMediator, CancellationToken, Task<ServerFrame?>> AskAsync)
{
    /// <summary>Whether it may take long, and so must not hold up the socket's other frames.</summary>
    public bool IsAside { get; init; }

    /// <summary>Whether it is about the connection itself, which handles it and asks nobody.</summary>
    public bool RenewsToken { get; init; }

    /// <summary>The shape of its fields; null where it has none.</summary>
    public Type? Body { get; init; }

    /// <summary>What its sender gets; no type of frame in particular where what follows is told to everybody.</summary>
    public required Type Answer { get; init; }
}
