namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>Where a bot's updates are posted. Replaced as a whole, never changed.</summary>
internal sealed record Webhook(Uri Address, string? Secret, int MaxConnections)
{
    private readonly TaskCompletionSource _replaced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Replace() => _replaced.TrySetResult();

    /// <summary>Ends early when this webhook is no longer the bot's: what waited may then be tried at the new one at once.</summary>
    public async Task PauseAsync(TimeSpan pause, TimeProvider time, CancellationToken ct)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(Task.Delay(pause, time, ended.Token), _replaced.Task);
        await ended.CancelAsync();
        ct.ThrowIfCancellationRequested();
    }

    public bool SameAs(Webhook other) => (Address, Secret, MaxConnections) == (other.Address, other.Secret, other.MaxConnections);
}

/// <summary>An update as it is put on the wire.</summary>
/// <param name="Id">Its `update_id`.</param>
/// <param name="Queue">The chat: updates of one chat are delivered one after the other.</param>
/// <param name="Body">The bytes of the request.</param>
/// <param name="IsJson">False for a raw update that getUpdates could not put into its answer.</param>
/// <param name="Created">An update is forgotten a day later.</param>
internal sealed record PendingUpdate(int Id, long Queue, byte[] Body, bool IsJson, DateTimeOffset Created);
