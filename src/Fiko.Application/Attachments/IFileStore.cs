namespace Fiko.Application.Attachments;

/// <summary>Where bytes are kept: a folder, or a bucket. Knows nothing of what they are, and of keys only those that <see cref="FileKey"/> makes.</summary>
public interface IFileStore
{
    /// <summary>Keeps what a stream holds from its present position on, in place of what was there. A failure leaves nothing new behind.</summary>
    Task SaveAsync(string key, Stream from, CancellationToken ct);

    /// <summary>A stream that can seek; null where there is nothing under the key.</summary>
    Task<Stream?> OpenAsync(string key, CancellationToken ct);

    /// <summary>Forgetting what is not there is no error.</summary>
    Task DeleteAsync(string key, CancellationToken ct);
}
