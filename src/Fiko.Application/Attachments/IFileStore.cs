namespace Fiko.Application.Attachments;

/// <summary>Where bytes are kept: a folder, or a bucket. Knows nothing of what they are.</summary>
public interface IFileStore
{
    /// <summary>Keeps what a stream holds from its present position on. A failure leaves nothing behind.</summary>
    /// <returns>The key to it, at most 100 ASCII characters.</returns>
    Task<string> SaveAsync(Stream from, CancellationToken ct);

    /// <summary>A stream that can seek; null where there is nothing under the key.</summary>
    Task<Stream?> OpenAsync(string key, CancellationToken ct);

    /// <summary>Forgetting what is not there is no error.</summary>
    Task DeleteAsync(string key, CancellationToken ct);
}
