using Fiko.Domain.Shared;

namespace Fiko.Application.Attachments;

/// <summary>Reads or writes another stream up to a limit, and counts. It does not own the other one.</summary>
/// <param name="inner">The other one.</param>
/// <param name="limit">Bytes; the first one too many throws.</param>
public sealed class BoundedStream(Stream inner, long limit) : Stream
{
    /// <summary>What has gone through so far.</summary>
    public long Count { get; private set; }

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => Count;
        set => throw new NotSupportedException();
    }

    /// <summary>The limit in words, as a refusal.</summary>
    public static RuleBrokenException TooLarge(long limit) =>
        new("attachment_too_large", $"The file is larger than {FilesOptions.InWords(limit)}", "file");

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken ct = default)
    {
        try
        {
            var read = await inner.ReadAsync(buffer, ct);
            Add(read);
            return read;
        }
        catch (IOException cut) when (cut.GetType() == typeof(IOException))
        {
            // A body that ends before its last part does. What derives from it says more, and is the host's to word.
            throw new RuleBrokenException("bad_request", "The body ends too early");
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken ct) => ReadAsync(buffer.AsMemory(offset, count), ct).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = inner.Read(buffer, offset, count);
        Add(read);
        return read;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken ct = default)
    {
        Add(buffer.Length);
        await inner.WriteAsync(buffer, ct);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken ct) => WriteAsync(buffer.AsMemory(offset, count), ct).AsTask();

    public override void Write(byte[] buffer, int offset, int count)
    {
        Add(count);
        inner.Write(buffer, offset, count);
    }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken ct) => inner.FlushAsync(ct);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Add(int count)
    {
        Count += count;
        if (Count > limit)
        {
            throw TooLarge(limit);
        }
    }
}
