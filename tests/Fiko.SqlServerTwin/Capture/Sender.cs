using System.Diagnostics;
using MediatR;

namespace Fiko.SqlServerTwin.Capture;

/// <summary>On whose behalf the commands of a scope are sent.</summary>
internal sealed class Sender
{
    // A stack is dear, and what runs in a host has its name otherwise.
    private const int MostLooks = 10_000;
    private static int _looks;

    // Asked now: what is written is written on the lane of all writers, which has no name.
    private readonly string? _job = Jobs.Current;
    private HashSet<string>? _created;
    private readonly Stack<string> _requests = [];

    /// <summary>A handler at work. One that sends others has sent what they send.</summary>
    public IDisposable Handling(Type request)
    {
        _requests.Push(request.FullName!);
        return new Done(_requests);
    }

    /// <summary>Whoever made this scope's context: background work has nobody else to name it.</summary>
    public void Created()
    {
        if (Interlocked.Increment(ref _looks) > MostLooks)
        {
            return;
        }

        _created = [];
        foreach (var frame in new StackTrace(fNeedFileInfo: false).GetFrames())
        {
            var type = frame.GetMethod()?.DeclaringType;
            while (type?.DeclaringType is { } outer)
            {
                type = outer;
            }

            if (type?.FullName is { } name && name.StartsWith("Fiko.", StringComparison.Ordinal))
            {
                _created.Add(name);
            }
        }
    }

    public void HasSent(CommandLog log)
    {
        foreach (var request in _requests)
        {
            log.AddSender(request);
        }

        if (_job is not null)
        {
            log.AddSender(_job);
        }

        if (_created is not null)
        {
            foreach (var name in _created)
            {
                log.AddSender(name);
            }

            _created = null;
        }
    }

    private sealed class Done(Stack<string> requests) : IDisposable
    {
        public void Dispose() => requests.Pop();
    }
}

/// <summary>Registered last, so that it is next to the handler.</summary>
internal sealed class SenderBehavior<TRequest, TResult>(Sender sender) : IPipelineBehavior<TRequest, TResult>
    where TRequest : IRequest<TResult>
{
    public async Task<TResult> Handle(TRequest request, CancellationToken ct, RequestHandlerDelegate<TResult> next)
    {
        using (sender.Handling(typeof(TRequest)))
        {
            return await next();
        }
    }
}
