namespace Fiko.WebApi.Sandbox.Instagram;

/// <summary>A webhook's body, until it is accepted or given up.</summary>
internal sealed class PendingEvent(byte[] body, DateTimeOffset created)
{
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public byte[] Body => body;

    public DateTimeOffset Created => created;

    public Task Settled => _settled.Task;

    public void Settle() => _settled.TrySetResult();
}
