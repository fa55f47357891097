using Fiko.Domain.Shared;
using MediatR;

namespace Fiko.Application.Realtime;

/// <summary>
/// An event read off the log, in order and once, live or on a resume. A handler turns it into frames; it builds them from
/// the present state, which was loaded for the whole batch, and asks the database nothing.
/// </summary>
/// <param name="Event">What happened.</param>
/// <param name="Cursor">Its place in the log, for the frames.</param>
/// <param name="At">When.</param>
/// <param name="Now">The state that frames are built from.</param>
/// <param name="To">Where the frames go.</param>
public sealed record Raised<TEvent>(TEvent Event, string Cursor, DateTimeOffset At, PresentState Now, IFrameSink To) : INotification
    where TEvent : IDomainEvent;
