using Fiko.Application.Messaging;
using Fiko.Domain.Conversations;
using Fiko.Infrastructure.Persistence;

namespace Fiko.Infrastructure.Realtime;

/// <summary>Wakes those who wait for a message, from the commit that makes it visible.</summary>
internal sealed class VisibleMessages : IVisibleMessages, ICommitListener
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, List<TaskCompletionSource>> _waiting = [];

    public MessageWatch Watch(MessageId message)
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (!_waiting.TryGetValue(message.Value, out var others))
            {
                _waiting[message.Value] = others = [];
            }

            others.Add(waiter);
        }

        return new MessageWatch(waiter.Task, () => Forget(message.Value, waiter));
    }

    void ICommitListener.OnCommitted(Committed changes)
    {
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                return;
            }

            foreach (var waiter in changes.Shown.SelectMany(id => _waiting.GetValueOrDefault(id) ?? []))
            {
                waiter.TrySetResult();
            }
        }
    }

    private void Forget(long message, TaskCompletionSource waiter)
    {
        lock (_lock)
        {
            if (_waiting.TryGetValue(message, out var others) && others.Remove(waiter) && others.Count == 0)
            {
                _waiting.Remove(message);
            }
        }
    }
}
