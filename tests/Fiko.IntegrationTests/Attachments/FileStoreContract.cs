using Fiko.Application.Attachments;

namespace Fiko.IntegrationTests.Attachments;

/// <summary>What every place for files keeps to.</summary>
public abstract class FileStoreContract : IAsyncLifetime
{
    private IFileStore _store = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_saved_is_there()
    {
        var (key, bytes) = (FileKey.New(), Bytes(300_000));
        await _store.SaveAsync(key, new MemoryStream(bytes), Ct);

        Assert.Equal(bytes, await ReadAsync(key));
    }

    [Fact]
    public async Task It_can_be_read_from_anywhere()
    {
        var (key, bytes) = (FileKey.New(), Bytes(300_000));
        await _store.SaveAsync(key, new MemoryStream(bytes), Ct);
        await using var stream = (await _store.OpenAsync(key, Ct))!;
        var some = new byte[1000];

        Assert.Equal((true, 300_000L), (stream.CanSeek, stream.Length));
        foreach (var at in (int[])[250_000, 0, 100_000, 299_000])
        {
            stream.Seek(at, SeekOrigin.Begin);
            await stream.ReadExactlyAsync(some, Ct);
            Assert.Equal(bytes[at..(at + 1000)], some);
        }

        Assert.Equal(0, await stream.ReadAsync(some, Ct));
    }

    [Fact]
    public async Task A_stream_of_unknown_length_is_saved_from_where_it_is()
    {
        var (key, bytes) = (FileKey.New(), Bytes(200_000));
        using var rest = new MemoryStream(bytes);
        rest.Position = 1000;
        using var unseekable = new BoundedStream(rest, long.MaxValue);
        await _store.SaveAsync(key, unseekable, Ct);

        Assert.Equal(bytes[1000..], await ReadAsync(key));
    }

    [Fact]
    public async Task Saving_again_replaces()
    {
        var key = FileKey.New();
        await _store.SaveAsync(key, new MemoryStream(Bytes(5000)), Ct);
        await _store.SaveAsync(key, new MemoryStream([1, 2, 3]), Ct);

        Assert.Equal([1, 2, 3], await ReadAsync(key));
    }

    [Fact]
    public async Task A_save_that_breaks_off_leaves_nothing()
    {
        var key = FileKey.New();
        using var tooMuch = new BoundedStream(new MemoryStream(Bytes(200_000)), limit: 150_000);

        await Assert.ThrowsAnyAsync<Exception>(() => _store.SaveAsync(key, tooMuch, Ct));

        Assert.Null(await _store.OpenAsync(key, Ct));
    }

    [Fact]
    public async Task And_it_leaves_what_was_there()
    {
        var key = FileKey.New();
        await _store.SaveAsync(key, new MemoryStream([1, 2, 3]), Ct);
        using var tooMuch = new BoundedStream(new MemoryStream(Bytes(200_000)), limit: 150_000);

        await Assert.ThrowsAnyAsync<Exception>(() => _store.SaveAsync(key, tooMuch, Ct));

        Assert.Equal([1, 2, 3], await ReadAsync(key));
    }

    [Fact]
    public async Task What_was_forgotten_is_gone_and_may_be_forgotten_again()
    {
        var key = FileKey.New();
        await _store.SaveAsync(key, new MemoryStream([1]), Ct);

        await _store.DeleteAsync(key, Ct);
        await _store.DeleteAsync(key, Ct);

        Assert.Null(await _store.OpenAsync(key, Ct));
    }

    [Fact]
    public async Task Where_nothing_was_saved_there_is_nothing() => Assert.Null(await _store.OpenAsync(FileKey.New(), Ct));

    [Theory]
    [InlineData("../fiko.db")]
    [InlineData("ab/../../fiko.db")]
    [InlineData("/etc/hostname")]
    [InlineData("")]
    [InlineData("ab/0123456789abcdef0123456789abcdef0123456\n")]
    public async Task No_key_leads_out_of_the_store(string key)
    {
        Assert.Null(await _store.OpenAsync(key, Ct));
        await _store.DeleteAsync(key, Ct);
        await Assert.ThrowsAsync<ArgumentException>(() => _store.SaveAsync(key, new MemoryStream([1]), Ct));
    }

    public async ValueTask InitializeAsync() => _store = await MakeAsync();

    public virtual ValueTask DisposeAsync()
    {
        (_store as IDisposable)?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected abstract Task<IFileStore> MakeAsync();

    private async Task<byte[]> ReadAsync(string key)
    {
        await using var stream = await _store.OpenAsync(key, Ct);
        Assert.NotNull(stream);
        using var all = new MemoryStream();
        await stream.CopyToAsync(all, Ct);
        return all.ToArray();
    }

    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
