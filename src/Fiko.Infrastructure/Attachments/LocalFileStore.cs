using Fiko.Application.Attachments;
using Fiko.Infrastructure.Persistence;

namespace Fiko.Infrastructure.Attachments;

/// <summary>Keeps files in the data folder, which the server's user alone may open.</summary>
internal sealed class LocalFileStore(DataFolder folder) : IFileStore
{
    private readonly string _root = folder.MakePrivate("files").FullName;

    public async Task SaveAsync(string key, Stream from, CancellationToken ct)
    {
        var path = PathOf(key) ?? throw new ArgumentException("No key of a file", nameof(key));
        var directory = Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        // Written aside and moved, so that whoever reads meanwhile finds a whole file or none.
        var draft = Path.Combine(directory.FullName, $"{Path.GetFileName(path)}.{Guid.NewGuid():N}");
        try
        {
            await using (var to = new FileStream(draft, ForWriting()))
            {
                await from.CopyToAsync(to, ct);

                // What a client has seen must survive a power cut, files too (protocol.md, Durable before visible).
                to.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    public Task<Stream?> OpenAsync(string key, CancellationToken ct)
    {
        try
        {
            return Task.FromResult<Stream?>(PathOf(key) is { } path
                ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan)
                : null);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public Task DeleteAsync(string key, CancellationToken ct)
    {
        if (PathOf(key) is { } path && File.Exists(path))
        {
            File.Delete(path);
        }

        return Task.CompletedTask;
    }

    private static FileStreamOptions ForWriting()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private string? PathOf(string key) => FileKey.IsKey(key) ? Path.Combine(_root, key) : null;
}
